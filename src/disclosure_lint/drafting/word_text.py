"""Paragraphs of a Word file."""

from html import escape


def paragraph(text: str, style: str, properties: str = "") -> str:
    """Returns a paragraph in a style, which may have several lines; further properties are XML."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{run}</w:p>'
