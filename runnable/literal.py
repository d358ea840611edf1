"""Text that is shown in HTML as it is, whatever is in it."""

from __future__ import annotations

import html
import re

from runnable.visible import visible

# What visible() lets pass, HTML forbids, and a terminal would not show.
_PLANES = range(0, 0x110000, 0x10000)
_FORBIDDEN = re.compile(
    f"[\ufdd0-\ufdef{''.join(chr(plane + last) for plane in _PLANES for last in (0xFFFE, 0xFFFF))}]"
)


def safe(text: str) -> str:
    """`text` with what a browser would act on, hide or refuse made visible; not yet escaped."""
    if text.isascii() and text.isprintable():
        return text  # nearly always: the rest takes ten times as long
    return _FORBIDDEN.sub(lambda found: f"<U+{ord(found.group()):04X}>", visible(text))


def escaped(text: str) -> str:
    """`text` as HTML that shows it literally."""
    return html.escape(safe(text), quote=False)


def attribute(text: str) -> str:
    """`text` as the value of an attribute in double quotes."""
    return html.escape(safe(text))
