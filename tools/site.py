"""Builds the documentation as a site that needs no network: `python3 run.py site [FOLDER]`.

What is read in the repository is what the site shows: its Markdown pages where they lie, so that links hold, and a page
for each rule, made of the rule files (`rules pages`), in Chinese at `rules/`, in English at `rules/en/`.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
CONFIG = "zensical.toml"
LANGUAGES = {"zh": "rules", "en": "rules/en"}
"""Where the pages of the rules are, for each language."""
_GIVEN = ("docs", "benchmarks", "editors", "examples", "plugins")
"""Folders with pages; what these link to lies there too."""
_LINK = re.compile(r"(\[[^\]\[]*\]\()([^)#:\s]+)(#[^)\s]*)?\)")


def build(folder: Path) -> int:
    """Returns the exit status of the build, which writes the site into a folder; a warning is a failure."""
    with TemporaryDirectory() as name:
        place = Path(name)
        gather(place / "pages")
        shutil.copy(ROOT / CONFIG, place / CONFIG)
        status = subprocess.call([sys.executable, "-m", "zensical", "build", "--strict"], cwd=place)
        if status == 0:
            shutil.copytree(place / "site", folder, dirs_exist_ok=True)
    return status


def gather(pages: Path) -> None:
    """Writes all pages into a folder that is not there yet, laid out as the repository is."""
    for path in _pages():
        target = pages / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            target.write_text(_linked(path), encoding="utf-8")
        else:
            shutil.copy(path, target)
    for lang, place in LANGUAGES.items():
        command = ["-m", "disclosure_lint", "rules", "pages", "--isolated", "--lang", lang]
        folder = str(pages / place)
        subprocess.run([sys.executable, *command, "--write", folder], check=True, stdout=subprocess.DEVNULL)


def _pages() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    for folder in _GIVEN:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".md", ".webp", ".svg"} and "node_modules" not in path.parts:
                yield path


def _linked(page: Path) -> str:
    """Returns a page in which what the site does not show is named and not linked to."""
    shown = set(_pages())

    def link(match: re.Match[str]) -> str:
        target = (page.parent / match[2]).resolve()
        return match[0] if target in shown else match[1][1:-2]

    return _LINK.sub(link, page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    raise SystemExit(build(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "site")))
