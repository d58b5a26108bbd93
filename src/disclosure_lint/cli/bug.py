"""The note about a bug of ours. Imported only when there is one."""

import platform
import shlex
import sys
import traceback

from disclosure_lint.model.version import __version__


def note() -> str:
    """Returns the sentence for the user and, for the error at hand, what an issue should contain."""
    return "\n".join(
        (
            "程序内部出错，不是文件或命令的问题。请把下面的内容贴到 issue 里。",
            "This is a bug in disclosure-lint. Please paste the following into an issue.",
            "",
            "```",
            f"disclosure-lint {__version__}",
            f"Python {platform.python_version()} ({platform.python_implementation()}), {platform.platform()}",
            f"{sys.stdout.encoding} / {sys.getfilesystemencoding()}",
            f"$ disclosure-lint {shlex.join(sys.argv[1:])}",
            "",
            traceback.format_exc().rstrip(),
            "```",
        )
    )
