"""What tools of others say of our outputs: Microsoft's SARIF tool with GitHub's rules, and readers from npm.

They are installed with npm into the cache of pytest when they are first needed; without npm, or without a registry that
has them, these tests are skipped, and the schemas of `test_formats.py` must do.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import own_place, run
from tests.consumers import READERS
from tests.mistakes import write_all
from tests.npm import installed

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]

_CHECKSTYLE = """
const { xml2js } = require("xml-js");
const { parseCheckstyle } = require("danger-plugin-lint-report/dist/parse/checkstyle_parser.js");
console.log(JSON.stringify(parseCheckstyle(xml2js(require("fs").readFileSync(0, "utf8")), "/nowhere")));
"""


def written(output_format: str, *options: str) -> str:
    return run(["check", "--format", output_format, *options, *write_all(Path())]).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="the package is for Linux")
def test_sarif_multitool(pytestconfig: pytest.Config) -> None:
    modules = installed("@microsoft/sarif-multitool-linux@5", pytestconfig)
    Path("a.sarif").write_text(written("sarif", "-v"), encoding="utf-8")
    tool = modules / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    command = [str(tool), "validate", "a.sarif", "--rule-kind", "Sarif;Ghas;Ado", "--level", "Error;Warning"]
    # .NET would look for ICU, which a small machine does not have.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    ended = subprocess.run([*command, "--log", "ForceOverwrite"], capture_output=True, text=True, env=environment)
    said = [line for line in ended.stdout.splitlines() if ": error " in line or ": warning " in line]
    # That a verdict has no place in the document, and that the tool has no page of its own on the web, is so; which
    # build it was, the task of Azure DevOps says.
    known = (" SARIF2017", " SARIF2005", " GHAzDO1019", " GHAzDO1020")
    assert [line for line in said if not any(rule in line for rule in known)] == []
    assert "Analysis completed successfully" in ended.stdout


def test_reviewdog_validator(pytestconfig: pytest.Config) -> None:
    modules = installed("@umbrelladocs/rdformat-validator@1", pytestconfig)
    Path("a.json").write_text(written("rdjson"), encoding="utf-8")
    tool = modules / "@umbrelladocs" / "rdformat-validator" / "bin" / "rdformat-validator.js"
    ended = subprocess.run(
        ["node", str(tool), "--strict", "--no-extra-fields", "a.json"], capture_output=True, text=True
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout


def test_a_reader_of_checkstyle(pytestconfig: pytest.Config) -> None:
    modules = installed("danger-plugin-lint-report@1", pytestconfig)
    shown = written("checkstyle")
    ended = subprocess.run(
        ["node", "-e", _CHECKSTYLE],
        input=shown.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "NODE_PATH": str(modules)},
    )
    found = [(one["line"], one["column"], one["message"]) for one in json.loads(ended.stdout)]
    assert found == [(one.line, one.column, one.message) for one in READERS["checkstyle"](shown)]
