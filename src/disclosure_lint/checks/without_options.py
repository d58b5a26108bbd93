"""What kinds of check have in common whose rules say nothing to them."""

from typing import Any, ClassVar

from disclosure_lint.model.kind import CompileContext


class WithoutOptions:
    """A kind whose table in a rule is empty."""

    compiled_type: ClassVar[Any] = dict[str, str]
    schema: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, *, description: str):
        """Takes what editors say of the table."""
        cls.schema = {"description": description, "type": "object", "additionalProperties": False, "properties": {}}

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options as they are."""
        return options
