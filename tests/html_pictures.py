"""The pictures of `docs/html.md`, taken anew: `python -m tests.html_pictures`. They are to be looked at."""

import re
import tempfile
from pathlib import Path
from random import Random

from tests.browser import Tab, tab
from tests.command_line import GOOD, run

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
REPORT = "examples/bad/saved-by-word.htm"


def main() -> None:
    """Takes all of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, tab(Path(made)) as browser:
        folder = Path(made)
        run(["check", "--format", f"html:{folder / 'report.html'}", REPORT])
        run(
            [
                "check",
                "--ignore",
                "DL9,DL306,DL403",
                "--format",
                f"html:{folder / 'out'}/",
                str(drafts(folder / "年报")),
            ]
        )
        browser.open(folder / "report.html", 1200, 720)
        browser.picture(PICTURES / "html-report.webp")
        browser.run("document.querySelector('td.wrong').closest('.scroll').scrollIntoView()")
        browser.picture(PICTURES / "html-table.webp")
        browser.run("document.querySelector('#h-text').scrollIntoView()")
        browser.picture(PICTURES / "html-text.webp")
        browser.open(folder / "out" / "index.html", 1200, 720)
        browser.picture(PICTURES / "html-index.webp")
        phone(browser, folder / "report.html")
        paper(browser, folder / "report.html")


def phone(browser: Tab, page: Path) -> None:
    """Takes the report as a telephone shows it."""
    browser.open(page, 390, 780)
    browser.run("document.querySelector('.pick').click()")
    browser.picture(PICTURES / "html-phone.webp")


def paper(browser: Tab, page: Path) -> None:
    """Takes the table of requests as it is printed, in the width of A4 within its margins."""
    browser.open(page)
    browser.resize(688, 973, media="print")
    browser.run("document.querySelector('#t-requests').scrollIntoView()")
    browser.picture(PICTURES / "html-paper.webp")


def drafts(folder: Path) -> Path:
    """Writes reports of some towns over some years, some with a number changed, some missing, one twice."""
    rng = Random(17)
    folder.mkdir()
    text = GOOD.read_text(encoding="utf-8")
    for town in (
        "柳叶湾",
        "杏花坞",
        "青槐",
        "石鼓",
        "枫林渡",
        "芦花荡",
        "望江",
        "云栖",
        "松月",
        "竹溪",
        "桐荫",
        "荷塘",
        "梅岭",
    ):
        for year in range(2021, 2026):
            if rng.random() < 0.1:
                continue
            other = text.replace("2025年", f"{year + 1}年").replace("镇人民政府2024年", f"镇人民政府{year}年")
            other = other.replace("杏花坞镇", f"{town}镇")
            lines = other.split("\n")
            for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3))):
                at = rng.choice([number for number, line in enumerate(lines) if re.search(r"\| \d+ \|", line)])
                lines[at] = re.sub(r"\| \d+ \|", f"| {rng.randrange(2, 9)} |", lines[at], count=1)
            (folder / f"{town}{year}.md").write_text("\n".join(lines), encoding="utf-8")
    (folder / "石鼓2024（二）.md").write_bytes((folder / "石鼓2024.md").read_bytes())
    return folder


if __name__ == "__main__":
    main()
