"""Makes Word files of other formats with LibreOffice, in a folder that is gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from disclosure_lint.model.errors import UnreadableError

SECONDS = 60
"""How long one file may take by the clock: a first start may wait for a slow disk. It takes some five seconds, a report
one."""
_SECONDS_BUSY = 14
_BUSY = 3
"""When it has computed for so many seconds of those, it is the file that holds it up, and no disk."""
_PROCESSOR_SECONDS = 6
"""How much processor time one file may take, where the system can limit it. A report takes two, a start among them."""
_PROCESSOR_SECONDS_MORE = 1
"""How much more each further file of one start may take."""
_LOOK_EVERY = 0.25
"""Seconds between looks at what is done."""
_MEMORY = 4 << 30
"""Bytes of address space, of which LibreOffice takes one thousand million before it has read anything."""
_LIMITED = """import os, resource, sys
for name, most in (("CPU", {seconds}), ("AS", {memory}), ("FSIZE", {file}), ("CORE", 0)):
    hard = resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (most, most))
    except (ValueError, OSError):
        pass
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Becomes the program within limits. A process of its own, as it is not safe to run Python between a copy and a start
where there are threads."""
_MOST = 64 * 1024 * 1024
_PROGRAMS = ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SAFETY = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    # All of the net lies behind a proxy that is not there.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""No macros, nothing fetched for the sake of a document: part of the configuration, key and value."""


def converted(data: bytes, suffix: str) -> bytes:
    """Returns the Word file that LibreOffice makes of the bytes of a file with such a name.

    Raises UnreadableError if LibreOffice is not installed, fails, or takes longer than `SECONDS`.
    """
    program = libre_office()
    if program is None:
        raise UnreadableError(
            "unreadable",
            "--convert 要用 LibreOffice 转换这种格式，这台电脑上没有找到；请安装 LibreOffice（https://zh-cn.libreoffice.org），"
            "或用 Word、WPS 打开，另存为 .docx 再检查",
            "--convert needs LibreOffice for this format, and it was not found; install it "
            "(https://www.libreoffice.org), or open the file in Word or WPS and save it as .docx",
        )
    if len(data) > _MOST:
        raise UnreadableError(
            "unreadable",
            "文件超过 64 MB，不像年度报告，没有转换",
            "the file is larger than 64 MB, unlike any annual report, and was not converted",
        )
    try:
        (result,), given_up = _converted(program, [(data, suffix)])
    except OSError as error:
        said = error.strerror or str(error)
        raise UnreadableError(
            "unreadable",
            f"LibreOffice 没能转换（系统说：{said}）；请用 Word 或 WPS 打开，另存为 .docx 再检查",
            f"LibreOffice could not convert it (the system says: {said}); open it in Word or WPS and save it as .docx",
        ) from None
    if given_up:
        raise UnreadableError(
            "unreadable",
            f"LibreOffice 在 {given_up} 秒内没有转换完；请用 Word 或 WPS 打开，另存为 .docx 再检查",
            f"LibreOffice was not done in {given_up} seconds; open the file in Word or WPS and save it as .docx",
        )
    if result is None:
        raise UnreadableError(
            "unreadable",
            "LibreOffice 没能转换，文件可能损坏或加了密码；请用 Word 或 WPS 打开，另存为 .docx 再检查",
            "LibreOffice could not convert it, perhaps as it is damaged or has a password; "
            "open it in Word or WPS and save it as .docx",
        )
    return result


def converted_together(files: Sequence[tuple[bytes, str]]) -> list[bytes | None]:
    """Returns the Word files that LibreOffice makes of several files (bytes and suffix), started once for all.

    None stands for those that it did not come to make, one by one: each must be tried by itself, which tells why.
    """
    program = libre_office()
    with suppress(OSError):
        return _converted(program, files)[0] if program else [None] * len(files)
    return [None] * len(files)


def libre_office() -> str | None:
    """Returns the path of LibreOffice, None if it is not installed."""
    found = (shutil.which(name) for name in _PROGRAMS)
    # Windows looks into the working directory first, where anybody may have put a program.
    return next((path for path in found if path and Path(path).is_absolute()), None) or next(_usual_places(), None)


def _usual_places() -> Iterator[str]:
    if sys.platform == "win32":
        roots = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"))
        places = [Path(root, "LibreOffice", "program", "soffice.com") for root in roots if root]
        yield from (str(place) for place in places if place.is_file())
        return
    for place in _PLACES:
        yield from sorted(map(str, Path("/").glob(place.lstrip("/"))), reverse=True)


def _converted(program: str, files: Sequence[tuple[bytes, str]]) -> tuple[list[bytes | None], int]:
    """Returns what the program made of each file, and the seconds after which it was given up, else 0.

    Raises OSError.
    """
    # What a killed program still writes must not keep us.
    with tempfile.TemporaryDirectory(prefix="disclosure-lint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile, out = folder / "profile", folder / "out"
        sources = [folder / f"report{number}{suffix}" for number, (_, suffix) in enumerate(files)]
        for source, (data, _) in zip(sources, files, strict=True):
            source.write_bytes(data)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        items = "".join(_ITEM.format(path=path, name=name, value=value) + "\n" for path, name, value in _SAFETY)
        settings.write_text(_PROFILE.format(items=items), encoding="utf-8")
        options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
        target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), *map(str, sources))
        given_up = _run([program, f"-env:UserInstallation={profile.as_uri()}", *options, *target], folder, len(files))
        return [_content(out / f"{source.stem}.docx") for source in sources], given_up


def _content(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return file.read(_MOST + 1)


def _run(command: list[str], folder: Path, files: int) -> int:
    """Runs a program to its end, with all that it starts; returns the seconds after which it was ended, else 0."""
    names = ("TMPDIR", "TMP", "TEMP")
    pipes = set(_pipes())
    process = subprocess.Popen(  # nosec B603  # no shell; the names of strangers' files in it were made by us
        _within_limits(command, _PROCESSOR_SECONDS + _PROCESSOR_SECONDS_MORE * (files - 1)),
        cwd=folder,
        env={**os.environ, **dict.fromkeys(names, str(folder))},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return _waited(process, folder / "out")
    finally:
        # Also when the user interrupts: nothing that was started goes on.
        if process.poll() is None:
            _kill(process)
        _remove(set(_pipes()) - pipes)


def _waited(process: "subprocess.Popen[bytes]", out: Path) -> int:
    """Waits for the end of a program; returns the seconds after which a file was given up, else 0."""
    done, since, computed = -1, 0.0, 0.0
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_EVERY)
            return 0
        made = len(list(out.glob("*.docx")))
        if made != done:
            done, since, computed = made, monotonic(), _processor_seconds(process.pid)
        waited = monotonic() - since
        if waited > SECONDS:
            return SECONDS
        if waited > _SECONDS_BUSY and _processor_seconds(process.pid) - computed > _BUSY:
            return _SECONDS_BUSY


def _processor_seconds(session: int) -> float:
    """Returns how long the processes of a session have computed; 0 where the system does not say it in `/proc`."""
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = status.read_text("utf-8", "replace").rpartition(")")[2].split()
            if fields[3:4] == [str(session)]:
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0


def _within_limits(command: list[str], seconds: int) -> list[str]:
    if sys.platform == "win32":
        return command
    Path(command[0]).stat()  # what stands between would not say that there is none
    code = _LIMITED.format(seconds=seconds, memory=_MEMORY, file=_MOST)
    return [sys.executable, "-I", "-S", "-c", code, *command]


def _pipes() -> Iterator[Path]:
    """Yields where running programs of ours may be spoken to: they lie in a folder that cannot be chosen."""
    if sys.platform != "win32":
        for folder in ("/tmp", "/var/tmp"):  # nosec B108  # looked into, nothing is written there
            yield from Path(folder).glob(f"OSL_PIPE_{os.getuid()}_*")


def _remove(pipes: Iterable[Path]) -> None:
    """Removes those pipes at which nobody listens any more."""
    for pipe in pipes:
        with socket.socket(socket.AF_UNIX) as end, suppress(OSError):
            try:
                end.connect(str(pipe))
            except ConnectionRefusedError:
                pipe.unlink()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Ends a program that was started in a session of its own, and what it started."""
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)  # nosec B603  # a number and words of ours
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
