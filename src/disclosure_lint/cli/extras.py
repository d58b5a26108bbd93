"""Libraries that not everybody has: each extra of the package brings some."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from disclosure_lint.cli.language import Translator
from disclosure_lint.model.errors import UserError


@contextmanager
def needed(extra: str, libraries: tuple[str, ...], zh: str, en: str, say: Translator) -> Iterator[None]:
    """Raises UserError, saying how to install the extra, where one of its libraries is missing within the block.

    The words say what needs it.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in libraries:
            raise
        command = f"pip install '.[{extra}]'"
        raise UserError(
            say(
                f"{zh}要先安装：在 disclosure-lint 的源代码文件夹里运行 {command}",
                f"{en} must be installed first: {command} in the source folder",
            )
        ) from None


def workbooks(say: Translator) -> ModuleType:
    """Returns what writes Excel workbooks, `outputs.workbook`; UserError if its library is missing."""
    with needed("xlsx", ("xlsxwriter",), "写 Excel 工作簿用的库", "what writes Excel workbooks", say):
        # Not everybody has it, and hardly any run asks for it.
        from disclosure_lint.outputs import workbook
    return workbook
