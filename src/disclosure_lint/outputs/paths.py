"""How a file is named to programs that look for it in a repository."""

import os
from pathlib import Path
from urllib.parse import quote


class Paths:
    """Names files from the top of the repository that the working directory is in, or from that directory."""

    def __init__(self) -> None:
        """Looks for the top: the nearest folder upwards that has a `.git`."""
        here = Path.cwd()
        self._root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)

    @property
    def root(self) -> str:
        """The top as a URI, with a slash at its end."""
        return self._root.as_uri().rstrip("/") + "/"

    def inside(self, path: str) -> str | None:
        """Returns the path from the top with forward slashes, None for a file elsewhere."""
        whole = Path(os.path.abspath(path))  # noqa: PTH100 (a link is named as itself, `..` is resolved)
        return whole.relative_to(self._root).as_posix() if whole.is_relative_to(self._root) else None

    def name(self, path: str) -> str:
        """Returns the path from the top, or the whole path of a file elsewhere."""
        return self.inside(path) or _whole(path).as_posix()

    def uri(self, path: str) -> tuple[str, bool]:
        """Returns the path percent-encoded, and whether it counts from the top; it is a whole URI if not."""
        inside = self.inside(path)
        return (_whole(path).as_uri(), False) if inside is None else (quote(os.fsencode(inside)), True)


def from_here(path: str) -> str:
    """Returns a path as the user named it, with forward slashes and nothing needless in it."""
    return Path(path).as_posix()


def _whole(path: str) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 (as above)
