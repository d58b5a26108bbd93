"""The documentation as a site: built without a warning, whole, and without anything that a network must fetch."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.command_line import own_place, run
from tools.site import build, gather

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]
_LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src"}


class _Page(HTMLParser):
    """What a page loads and links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {value for key, value in attrs if key in ("id", "name") and value}
        if tag == "a" and (target := given.get("href")):
            self.links.append(target)
        if (
            tag in _LOADED
            and (target := given.get(_LOADED[tag]))
            and given.get("rel") not in ("canonical", "next", "prev")
        ):
            self.loaded.append(target)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "built"
    assert build(folder) == 0
    return folder


def test_it_is_whole_and_fetches_nothing(site: Path) -> None:
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 150
    missing = []
    for path, page in pages.items():
        for target in page.loaded:
            assert not urlsplit(target).netloc, f"{path.name} loads {target}"
            assert (path.parent / unquote(urlsplit(target).path)).exists() or path.name == "404.html", target
        for target in page.links:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            aim = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            aim = aim / "index.html" if aim.is_dir() else aim
            known = pages.get(aim) or pages.get(site / aim.relative_to(site.resolve()))
            if (known is None and not aim.exists()) or (
                known and parts.fragment and unquote(parts.fragment) not in known.ids
            ):
                missing.append((path.name, target))
    assert missing == []


def test_every_rule_has_its_address(site: Path) -> None:
    rules = json.loads(run(["rules", "list", "--format", "json"]).stdout)
    for rule in rules:
        for place in ("rules", "rules/en"):
            text = (site / place / f"{rule['code']}.html").read_text(encoding="utf-8")
            assert re.search(rf"<h1[^>]*>{rule['code']} ", text)


def test_every_page_for_readers_is_in_the_menu() -> None:
    gather(Path("pages"))
    menu = (Path(__file__).parents[1] / "zensical.toml").read_text(encoding="utf-8")
    chinese = {path.name for path in Path("pages/docs").glob("*.zh-CN.md")}
    # Reached from the page beside it.
    assert {name for name in chinese if f'"docs/{name}"' not in menu} == set()
