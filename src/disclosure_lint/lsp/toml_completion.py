"""What may stand where somebody types in TOML of ours: keys of the table, headers, values; all by the schema."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lsprotocol import types

from disclosure_lint.lsp.buffers import Ruler
from disclosure_lint.lsp.toml_names import Choice, Names
from disclosure_lint.lsp.toml_place import TypedPlace, typed_place
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Span

Schema = Mapping[str, Any]
_BARE = lazy_re_compile(r"[A-Za-z0-9_-]+")
_NAME_AT_END = lazy_re_compile(r"(?:(?<!\w)[^\W\d]\w*(?:\s*\[[^\]]*)?)?\Z")
"""In a formula, the last name or address that is begun."""
_DEEPEST = 6


class Completion(NamedTuple):
    """A choice, and what it puts where."""

    choice: Choice
    sought: str
    """What the editor compares with what is typed in that stretch."""
    text: str
    span: Span
    kind: types.CompletionItemKind

    def item(self, ruler: Ruler, number: int) -> types.CompletionItem:
        """Returns it as the protocol has it; `number` is its place in the order."""
        choice = self.choice
        about = types.MarkupContent(types.MarkupKind.Markdown, choice.documentation) if choice.documentation else None
        return types.CompletionItem(
            choice.word,
            kind=self.kind,
            detail=choice.detail or None,
            documentation=about,
            # Chinese titles are sought too.
            filter_text=f"{self.sought} {choice.detail}".rstrip(),
            sort_text=f"{number:04}",
            text_edit=types.TextEdit(ruler.range(self.span), self.text),
        )


class TomlCompleter:
    """Completes files of one schema."""

    def __init__(self, schema: Schema, names: Names, lang: str, root: tuple[str, ...] = ()):
        """Takes the schema, what its words may be, and the way to the table of a file that is ours."""
        self._definitions = schema.get("$defs", {})
        self._schema = schema
        self._names = names
        self._lang = lang
        self._root = root

    def completions(self, text: str, offset: int) -> Iterator[Completion]:
        """Yields what may stand at an offset, best first; nothing where nothing of ours may."""
        place = typed_place(text, offset)
        if place is None:
            return
        if place.kind == "header":
            yield from self._headers(place)
        elif node := self._at(place.keys):
            if place.kind == "key":
                yield from self._keys(self._item(node), place, text)
            else:
                yield from self._values(node, place, text)

    def _at(self, keys: tuple[str, ...]) -> Schema | None:
        """Returns what the schema says of a table or a value."""
        size = len(self._root)
        if keys[:size] != self._root:
            return None
        node = self._resolved(self._schema)
        for key in keys[size:]:
            found = self._properties(self._item(node)).get(key, self._other(self._item(node)))
            if found is None:
                return None
            node = self._resolved(found)
        return node

    def _resolved(self, node: Schema) -> Schema:
        """Returns what a reference stands for; what stands beside it goes over that."""
        for _ in range(_DEEPEST):
            name = node.get("$ref", "").rpartition("/")[2]
            if name not in self._definitions:
                break
            node = {**self._definitions[name], **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def _item(self, node: Schema) -> Schema:
        """Returns what one item is, if the node is a list."""
        items = node.get("items")
        return self._resolved(items) if isinstance(items, Mapping) else node

    def _properties(self, node: Schema, depth: int = 0) -> dict[str, Schema]:
        """Returns the keys of a table; a kind of check of a plugin may have them in parts, or say nothing of them."""
        found: dict[str, Schema] = {}
        for part in ("allOf", "anyOf", "oneOf") if depth < _DEEPEST else ():
            for one in node.get(part, ()):
                found.update(self._properties(self._resolved(one), depth + 1) if isinstance(one, Mapping) else {})
        own = node.get("properties", {})
        return {**found, **{key: one if isinstance(one, Mapping) else {} for key, one in own.items()}}

    def _other(self, node: Schema) -> Schema | None:
        other = node.get("additionalProperties")
        return other if isinstance(other, Mapping) else None

    def _said(self, node: Schema) -> str:
        words = node.get("description", "")
        return words.text(self._lang) if isinstance(words, LocalizedText) else str(words)

    def _headers(self, place: TypedPlace) -> Iterator[Completion]:
        for path, is_list, node in self._tables(self._resolved(self._schema), self._root):
            text = _header(path, is_list=is_list)
            if text.startswith("[" * (len(place.word) - len(place.word.lstrip("[")))):
                choice = Choice(text, self._said(node))
                yield Completion(choice, text, text, place.span, types.CompletionItemKind.Struct)

    def _tables(
        self, node: Schema, path: tuple[str, ...], *, is_list: bool = False
    ) -> Iterator[tuple[tuple[str, ...], bool, Schema]]:
        """Yields all that can have a header, with the way to it and whether there may be several."""
        if path:
            yield path, is_list, node
        for key, one in self._properties(self._item(node)).items():
            inside = self._resolved(one)
            item = self._item(inside)
            if len(path) < _DEEPEST and item.get("type") == "object" and not self._is_words(item):
                yield from self._tables(inside, (*path, key), is_list="items" in inside)

    def _is_words(self, node: Schema) -> bool:
        """Says whether a table is but a text in two languages, which is written on one line."""
        return set(self._properties(node)) == {"zh", "en"}

    def _has_header(self, node: Schema) -> bool:
        """Says whether a key is best written as the header of a table, or of one of several."""
        item = self._item(node)
        return bool(self._properties(item)) and not self._is_words(item)

    def _keys(self, node: Schema, place: TypedPlace, text: str) -> Iterator[Completion]:
        for key, one in self._properties(node).items():
            inside = self._resolved(one)
            is_list = "items" in inside
            as_header = not place.opening and not place.quote and self._has_header(inside)
            if key in _excluded(node, place.present) or (key in place.present and not (as_header and is_list)):
                continue
            new = _header((*place.keys, key), is_list=is_list) if as_header else _pair(key, place)
            choice = Choice(key, self._said(inside))
            yield Completion(choice, place.quote + key, new, place.span, types.CompletionItemKind.Property)
        for choice in self._names.of(self._resolved(node.get("propertyNames", {})).get("format", ""), text, ""):
            if choice.word not in place.present:
                new, kind = _pair(choice.word, place), types.CompletionItemKind.EnumMember
                yield Completion(choice, place.quote + choice.word, new, place.span, kind)

    def _values(self, node: Schema, place: TypedPlace, text: str) -> Iterator[Completion]:
        item = self._item(node)
        before, after = ("[", "]") if item is not node and place.opening != "[" else ("", "")
        span, sort = place.span, item.get("format", "")
        if not place.quote:
            for literal in (*_literals(item), *self._templates(item)):
                new = before + literal + after
                yield Completion(Choice(literal, self._said(item)), literal, new, span, types.CompletionItemKind.Value)
        chosen = [Choice(word) for word in item.get("enum", ()) if isinstance(word, str)]
        chosen += self._names.of(sort, text, text[place.body.start : place.body.end])
        if sort == "formula" and place.quote:
            span = _last_name(place, text)
        closing = "" if place.is_closed or sort == "formula" else place.quote
        for choice in chosen:
            new = choice.word + closing if place.quote else f'{before}"{choice.word}"{after}'
            yield Completion(choice, choice.word, new, span, types.CompletionItemKind.EnumMember)

    def _templates(self, node: Schema) -> Iterator[str]:
        """Yields a table on one line with the texts that it must have."""
        needed = {key: self._properties(node).get(key, {}) for key in node.get("required", ())}
        if needed and all(self._resolved(one).get("type") == "string" for one in needed.values()):
            yield "{ " + ", ".join(f'{key} = ""' for key in needed) + " }"


def _literals(node: Schema) -> Iterable[str]:
    if node.get("type") == "boolean":
        return ("true", "false")
    return ("true",) if node.get("const") is True else ()


def _excluded(node: Schema, present: frozenset[str]) -> set[str]:
    """Returns the keys that exclude one that is there: of the kinds of check a rule has one."""
    excluded: set[str] = set()
    for part in (node, *node.get("allOf", ())):
        alone = {key for one in part.get("oneOf", ()) for key in one.get("required", ())}
        if alone & present:
            excluded |= alone
    return excluded


def _header(path: tuple[str, ...], *, is_list: bool) -> str:
    name = ".".join(map(_quoted, path))
    return f"[[{name}]]" if is_list else f"[{name}]"


def _pair(key: str, place: TypedPlace) -> str:
    return _quoted(key, place.quote) + ("" if place.is_closed else " = ")


def _quoted(key: str, quote: str = "") -> str:
    quote = quote or ("" if _BARE.fullmatch(key) else '"')
    return f"{quote}{key}{quote}"


def _last_name(place: TypedPlace, text: str) -> Span:
    """Returns the stretch of the name in a formula that is being typed; the rest of an address gives way too."""
    match = _NAME_AT_END.search(place.word)
    begun = match.group() if match else ""
    at = place.span.start + len(place.word)
    rest = re.compile(r"[\w,.*]*\]?" if "[" in begun else r"\w*").match(text, at)
    return Span(at - len(begun), rest.end() if rest else at)
