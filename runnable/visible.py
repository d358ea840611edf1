"""Text as it can be shown: what would act on a terminal, a browser or an editor, or hide, is made visible."""

from __future__ import annotations

# Characters without a picture that move, hide or reorder text, end a line in some editors, or do not exist in UTF-8.
# Joiners (U+200C, U+200D) are not among them: scripts and emoji need them.
_NAMED = (
    *range(0x80, 0xA0), 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2060, 0x2070),
    *range(0xD800, 0xE000), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
)  # fmt: skip
_VISIBLE: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) != "\t"},
    0x7F: 0x2421,
    **{code: f"<U+{code:04X}>" for code in _NAMED},
}


def visible(text: str) -> str:
    """`text` with everything that a terminal, a browser or an editor would act on or hide made visible; tabs stay."""
    return text.translate(_VISIBLE)
