"""What `make accept` writes: the transcript of what a program prints now, with the old one's wildcards."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from runnable.alignment import Step, align, is_reworded, words_of
from runnable.comparison import fits
from runnable.effort import Effort, TooHardError
from runnable.problem import ProblemsError
from runnable.recording import Recording
from runnable.snippet import Snippet
from runnable.transcript import Item, Pattern, Printed, Transcript, ending, printed, render, transcript_place


def accepted(snippet: Snippet, old_text: str | None, recording: Recording, *, ordered: bool = True) -> str:
    """The text of the transcript that keeps what `recording` printed.

    Wildcards and directives of the old one stay where they still fit; where a line around them was reworded, they move
    along. An old one that cannot be read is replaced. The result never drifts from `recording`, and accepting it again
    changes nothing.
    """
    if old_text is not None:
        try:
            old = Transcript.parse(old_text, transcript_place(snippet))
            lines = printed(recording)
            items = old.items
            if not fits(items, lines, ordered=ordered):
                items = _kept(align(items, lines, ordered=ordered))
            if fits(items, lines, ordered=ordered):
                return str(Transcript(snippet.command, items, ending(recording.exit)))
        except (ProblemsError, TooHardError):
            pass
    return render(snippet, recording)


def _kept(steps: Iterable[Step]) -> tuple[Item, ...]:
    """The items that fit, and the lines that had none."""
    effort = Effort()
    items: list[Item] = []
    for item, line, same in steps:
        if same and item is not None:
            items.append(item)
        elif line is not None:
            new = Pattern.exactly(line)
            items.append(_reworded(item, line, effort) if isinstance(item, Pattern) else new)
    return tuple(items)


def _reworded(old: Pattern, line: Printed, effort: Effort) -> Pattern:
    """`line` with the wildcards of `old` whose neighbours on both sides are still there."""
    new = Pattern.exactly(line)
    written = "\n".join(old.pieces)  # A line break stands for a wildcard: no line contains one.
    alike = is_reworded(old, words_of("".join(old.pieces)), words_of(line.text))
    if old.is_exact or not alike or not effort.allows(len(written) * len(line.text)):
        return new
    there = {-1: -1, len(written): len(line.text)}
    for block in difflib.SequenceMatcher(None, written, line.text, autojunk=False).get_matching_blocks():
        there.update(zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True))
    pieces = []
    at = 0
    for index, character in enumerate(written):
        left, right = there.get(index - 1), there.get(index + 1)
        if character == "\n" and left is not None and right is not None:
            pieces.append(line.text[at : left + 1])
            at = right
    return Pattern(line.stream, (*pieces, line.text[at:]))
