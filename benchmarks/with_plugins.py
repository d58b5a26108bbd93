"""How much longer `disclosure-lint check` takes for one report with plugins installed.

python -m benchmarks.with_plugins [--rounds 20]
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from benchmarks.measuring import ROOT, in_turn, least, own_cache, write_reports

# Each with a cache of its own: a plugin may bring a kind of check, and packs are compiled anew for other kinds.
_RUN = """
import os, sys
site = sys.argv.pop(1)
sys.path.insert(0, site)
os.environ["DISCLOSURE_LINT_CACHE_DIR"] = site + "/cache"
from disclosure_lint.__main__ import run
sys.exit(run())
"""


def main() -> None:
    """Prints minimum and median of a run with none, one and all of the regional plugins, run in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.with_plugins", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    plugins = sorted((ROOT / "plugins").iterdir())
    with own_cache() as folder:
        write_reports(folder, 1, "--layout", "tabs")
        report = str(next(folder.iterdir()))
        sites = {f"{count} plugins": _site(folder.parent, plugins[:count]) for count in (0, 1, len(plugins))}
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            **{
                name: [sys.executable, "-c", _RUN, str(site), "check", "--isolated", report]
                for name, site in sites.items()
            },
        }
        costs = in_turn(list(commands.values()), options.rounds)
    distributions = sum(len(list(Path(path).glob("*.dist-info"))) for path in sys.path if Path(path).is_dir())
    print(f"Python {sys.version.split()[0]}, {options.rounds} rounds, {distributions} distributions installed; ms")
    print(f"{'':24}{'wall':^17} {'processor':^17}")
    for name, found in zip(commands, costs, strict=True):
        print(f"{name:24}{least([one.wall for one in found])} {least([one.cpu for one in found])}")


def _site(folder: Path, plugins: list[Path]) -> Path:
    """Returns a folder in which plugins lie as if they were installed."""
    site = folder / f"site-{len(plugins)}"
    site.mkdir()
    for plugin in plugins:
        package = next((plugin / "src").iterdir())
        shutil.copytree(package, site / package.name)
        about = site / f"{package.name}-0.1.0.dist-info"
        about.mkdir()
        name = package.name.rpartition("_")[2]
        (about / "entry_points.txt").write_text(f"[disclosure_lint]\n{name} = {package.name}\n", encoding="utf-8")
    return site


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
