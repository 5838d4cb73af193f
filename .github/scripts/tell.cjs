"use strict";
// Puts what other jobs wrote below a pull request or into an issue. Who wrote the change wrote the code that wrote the text,
// so it is shown as text: cut to what GitHub takes, without hidden signs, in a fence that it can't close. There no name
// calls anybody, nothing links and no picture loads. Nothing in it is run, followed or believed.

const fs = require("fs");
const path = require("path");

const LARGEST = 1_000_000; // bytes; no job of ours writes more
const LONGEST = 60_000; // signs of a text; a remark or an issue of GitHub holds 65,536
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu; // what can turn or hide text; kept are the end of a line and the tab
const REMARK = "<!-- what readers get -->";
const BOT = "github-actions[bot]";

// The text of a plain file, in a fence; null where there is none.
function fenced(file) {
  const found = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!found || !found.isFile() || found.size > LARGEST) return null;
  const whole = fs.readFileSync(file, "utf8").replace(HIDDEN, (sign) => ("\n\t".includes(sign) ? sign : ""));
  const text = whole.length > LONGEST ? `${whole.slice(0, LONGEST)}\n… cut here; the whole is in the run` : whole;
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

// Writes or renews the remark below the open pull request whose newest commit the run judged.
async function remark({ github, context }, file) {
  const run = context.payload.workflow_run;
  const text = fenced(file);
  if (text === null || !run.head_repository) return;
  const { owner, repo } = context.repo;
  // From what GitHub says of the run, never from the file: that could name any pull request.
  const head = `${run.head_repository.owner.login}:${run.head_branch}`;
  const open = await github.paginate(github.rest.pulls.list, { owner, repo, state: "open", head });
  const judged = open.filter((each) => each.head.sha === run.head_sha);
  const said = "What readers get changes like this, by the code of this pull request itself; the files in `register/` count.";
  const body = `${REMARK}\n${said}\n[The run](${run.html_url}) has the site to look at, as \`site\`.\n\n${text}`;
  for (const { number } of judged) {
    const all = await github.paginate(github.rest.issues.listComments, { owner, repo, issue_number: number });
    const ours = all.find((each) => each.user?.login === BOT && each.body.startsWith(REMARK));
    if (ours) await github.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body });
    else await github.rest.issues.createComment({ owner, repo, issue_number: number, body });
  }
}

// Opens an issue for each file in the folder, or renews the one that is open.
async function issues({ github, context }, folder) {
  const { owner, repo } = context.repo;
  const open = await github.paginate(github.rest.issues.listForRepo, { owner, repo, state: "open", creator: BOT });
  for (const name of fs.readdirSync(folder).sort()) {
    const text = fenced(path.join(folder, name));
    if (text === null) continue;
    const title = `Weekly: ${path.parse(name).name}`;
    const body = `The weekly run of \`make weekly\` says:\n\n${text}`;
    const ours = open.find((each) => each.title === title && !each.pull_request);
    if (ours) await github.rest.issues.update({ owner, repo, issue_number: ours.number, body });
    else await github.rest.issues.create({ owner, repo, title, body });
  }
}

module.exports = { fenced, remark, issues };
