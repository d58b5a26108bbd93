"""Chromium without a window, driven through a pipe by its own protocol: no port, no library, no network."""

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
_KEYS = {
    "Enter": 13,
    "Escape": 27,
    "Tab": 9,
    " ": 32,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
}


class Tab:
    """A page, with all that it complained about and asked for."""

    def __init__(self, process: "subprocess.Popen[bytes]", write: IO[bytes], read: IO[bytes]):
        self._process = process
        self._write = write
        self._read = read
        self._number = 0
        self._pending = b""
        self._events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        self._call("Performance.enable", timeDomain="threadTicks")

    _session: str | None = None

    def open(self, path: Path, width: int = 1366, height: int = 900) -> None:
        """Shows a file of this machine, at a size in pixels."""
        self.resize(width, height)
        self._events.clear()
        self._call("Page.navigate", url=path.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._events.append(self._message())

    def resize(self, width: int, height: int = 900, *, dark: bool = False, media: str = "") -> None:
        """Changes the size of the window, and how the page is to look."""
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def run(self, script: str) -> Any:
        """Returns what an expression comes to."""
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def wait(self, script: str) -> None:
        """Waits until an expression is true, perhaps on the page that is coming."""
        for _ in range(200):
            # What was asked of a page that is left is not answered.
            with suppress(AssertionError):
                if self.run(f"Boolean({script})"):
                    return
            time.sleep(0.05)
        raise AssertionError(script)

    def press(self, *keys: str) -> None:
        """Types on the keyboard: names of keys, or characters."""
        for key in keys:
            code = _KEYS.get(key)
            text = {"Enter": "\r", " ": " "}.get(key) if code else key
            about: dict[str, Any] = {"key": key} | ({"windowsVirtualKeyCode": code} if code else {})
            about |= {"text": text} if text else {}
            self._call("Input.dispatchKeyEvent", type="keyDown", **about)
            self._call("Input.dispatchKeyEvent", type="keyUp", **about)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Writes what is seen, or all of the page, as a picture of the kind that the name says."""
        kind = {"format": path.suffix[1:]} | ({"quality": 60} if path.suffix == ".webp" else {})
        found = self._call("Page.captureScreenshot", captureBeyondViewport=whole, **kind)
        path.write_bytes(base64.b64decode(found["data"]))

    def printed(self) -> bytes:
        """Returns the page as it is printed on A4."""
        found = self._call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(found["data"])

    def complaints(self) -> list[str]:
        """Returns what the browser had to say since the page was opened: errors, warnings, refusals."""
        self._call("Runtime.evaluate", expression="1")
        told = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [json.dumps(event["params"]) for event in self._events if event["method"] in told]

    def dialogs(self) -> int:
        """Returns how often the page has opened a window to say something since it was opened."""
        return sum(event["method"] == "Page.javascriptDialogOpening" for event in self._events)

    def busy(self) -> float:
        """Returns the seconds of processor time that the page has taken."""
        found = self._call("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in found if one["name"] == "TaskDuration")

    def requests(self) -> list[str]:
        """Returns what the page asked for since it was opened, itself among it."""
        sent = [event for event in self._events if event["method"] == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def _call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        about = {"id": self._number, "method": method, "params": parameters}
        about |= {"sessionId": self._session} if self._session else {}
        self._write.write(json.dumps(about).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]
            if "method" in message:
                self._events.append(message)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._pending:
            piece = os.read(self._read.fileno(), 1 << 20)
            assert piece, f"the browser has ended: {self._process.poll()}"
            self._pending += piece
        message, _, self._pending = self._pending.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def tab(folder: Path) -> Iterator[Tab]:
    """Returns a page of a browser that keeps its files in a folder; skips the test where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    # It reads from 3 and writes to 4, which a shell can see to.
    command = f'exec "$0" "$@" 3<&{to_read} 4>&{from_write}'
    process = subprocess.Popen(
        ["bash", "-c", command, CHROMIUM, *_OPTIONS, f"--user-data-dir={folder / 'browser'}"],
        pass_fds=(to_read, from_write),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(from_write)
    try:
        with os.fdopen(from_read, "rb") as read, os.fdopen(to_write, "wb", buffering=0) as write:
            yield Tab(process, write, read)
    finally:
        process.terminate()
        process.wait(timeout=30)
