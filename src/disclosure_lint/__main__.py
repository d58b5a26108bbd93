"""The console entry: whatever happens ends in an exit status."""

import gc


def run() -> int:
    """Returns the exit status; a bug of ours is 3, with a note to paste into an issue."""
    gc.disable()  # what is made at the start lives to the end; looking through it takes a tenth of a short run
    try:
        # Imported here, so that an interruption or a broken installation ends as orderly as a run.
        from disclosure_lint.cli.main import main

        return main()
    except KeyboardInterrupt:
        from disclosure_lint.outputs.console import tell

        tell("", "已中断 (interrupted)")
        return 130
    except BrokenPipeError:
        from disclosure_lint.outputs.console import silence

        silence()
        return 0
    except Exception:  # noqa: BLE001 - the one place where any error of ours is turned into a note
        from disclosure_lint.outputs.console import tell

        tell(*_note())
        return 3
    finally:
        gc.freeze()  # nor need the interpreter look through it once more before it ends


def _note() -> list[str]:
    """Returns the lines for the user and, for the error at hand, what an issue should contain."""
    # Imported only when there is a bug.
    import platform
    import shlex
    import sys
    import traceback

    from disclosure_lint.model.version import __version__

    return [
        "程序内部出错，不是文件或命令的问题。请把下面的内容贴到 issue 里。",
        "This is a bug in disclosure-lint. Please paste the following into an issue.",
        "",
        "```",
        f"disclosure-lint {__version__}",
        f"Python {platform.python_version()} ({platform.python_implementation()}), {platform.platform()}",
        f"{sys.stdout.encoding} / {sys.getfilesystemencoding()}",
        f"$ disclosure-lint {shlex.join(sys.argv[1:])}",
        "",
        *traceback.format_exc().rstrip().splitlines(),
        "```",
    ]


if __name__ == "__main__":
    raise SystemExit(run())
