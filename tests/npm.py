"""Packages of npm that tests run, kept in the cache of pytest from one run to the next."""

import shutil
import subprocess
from pathlib import Path

import pytest

NPM = shutil.which("npm")


def installed(package: str, config: pytest.Config) -> Path:
    """Returns the folder that has a package and what it needs."""
    if NPM is None:
        pytest.skip("npm is not installed")
    folder = config.cache.mkdir(package.rpartition("@")[0].replace("/", "-").strip("@")) if config.cache else Path()
    if not (folder / "node_modules" / ".package-lock.json").is_file():
        command = [NPM, "install", "--prefix", str(folder), "--silent", "--no-audit", "--no-fund", "--legacy-peer-deps"]
        ended = subprocess.run([*command, package], capture_output=True, text=True, timeout=300)
        if ended.returncode:
            pytest.skip(f"npm could not install {package}: {ended.stderr[-300:]}")
    return folder / "node_modules"
