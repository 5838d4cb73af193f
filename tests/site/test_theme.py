"""The theme is set up as MkDocs does it, but for the time that it takes."""

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files

from macros.site.serving import watched_closely
from macros.site.theme import quickened
from tests.conftest import ROOT


def copied(config: MkDocsConfig) -> list[str]:
    """What MkDocs copies of the theme."""
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    return [file.src_uri for file in files]


def test_the_same_files_are_copied_and_the_same_templates_rendered(tmp_path: Path) -> None:
    plain, quick = (load_config(str(ROOT / "mkdocs.yml")) for _ in range(2))
    quickened(quick.theme, tmp_path)
    assert copied(quick) == copied(plain)
    for _ in range(2):  # compiled, then as it was kept
        template = quick.theme.get_env().get_template("partials/copyright.html")
        assert template.render(config=quick) == plain.theme.get_env().get_template("partials/copyright.html").render(config=plain)
    assert list(tmp_path.rglob("*-*"))


def test_a_template_that_changed_is_compiled_again(tmp_path: Path) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.theme.dirs.insert(0, str(tmp_path))
    quickened(config.theme, tmp_path)
    for text in ("one", "two", "one"):
        (tmp_path / "own.html").write_text(text, "utf-8")
        assert config.theme.get_env().get_template("own.html").render() == text


def test_the_files_of_a_monograph_are_watched_closely() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    with LiveReloadServer(lambda: None, "127.0.0.1", 0, root=config.site_dir) as server:
        for path in (config.docs_dir, config.config_file_path):
            server.watch(path)
        before = server.observer
        watched_closely(server, config, None)
        assert server.observer.timeout < before.timeout
        assert (len(server.observer.emitters), len(before.emitters)) == (2, 0)
