"""Which line of an output stands for which item of a transcript, where the two do not fit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from runnable.comparison import ends_agreeing, positions
from runnable.effort import Effort, TooHardError
from runnable.free_order import FreeOrder, Pairing, Part, gathered
from runnable.transcript import STREAMS, AnyLines, Item, Pattern, Printed

Layout: TypeAlias = list[tuple[Part | None, Sequence[Printed]]]
"""Parts in their order, each with its lines; None for lines that belong to none."""

# Costs of an alignment. Lines that `[...]` takes cost next to nothing, whatever their number.
_CHANGE = 1 << 24
_TAKE = 1
# The most cells that one table of costs may have.
_CELLS = 400_000
_DROP, _PAIR, _RIGHT = range(3)

_WORD = re.compile(r"\w+")


class Step(NamedTuple):
    """One item of a transcript beside one line of output; either may be missing."""

    item: Item | None
    line: Printed | None
    fits: bool


def align(items: Sequence[Item], lines: Sequence[Printed], *, ordered: bool = True) -> list[Step]:
    """Which line stands for which item: items in their order, and few changes.

    Where `ordered` is false, `lines` of stdout and stderr follow each other as in the transcript, as far as they can.
    """
    effort = Effort()
    if not ordered:
        lines = _interleaved(items, lines, effort)
    steps: list[Step] = []
    for part, taken in _laid(gathered(items), lines, effort):
        if part is None:
            steps += [Step(None, line, False) for line in taken]
        elif isinstance(part, FreeOrder):
            steps += _settled(part, taken, effort)
        elif isinstance(part, AnyLines):
            steps.append(Step(part, None, True))
        else:
            line = taken[0] if taken else None
            steps.append(Step(part, line, line is not None and part.matches(line)))
    return steps


def words_of(text: str) -> frozenset[str]:
    """The words near the beginning of `text`."""
    return frozenset(_WORD.findall(text[:500]))


def is_reworded(pattern: Pattern, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a line with the words `theirs` may be the line of `pattern`, reworded: half of the words are common."""
    size = max(len(mine), len(theirs)) if pattern.is_exact else len(mine)
    return 0 < size <= 2 * len(mine & theirs)


def _interleaved(items: Sequence[Item], lines: Sequence[Printed], effort: Effort) -> list[Printed]:
    """`lines` with stdout and stderr following each other as in the transcript, as far as the two allow."""
    ranked: list[tuple[int, Printed]] = []
    for stream in STREAMS:
        rank = 0
        own = [line for line in lines if line.stream == stream]
        for part, taken in _laid(gathered(items, stream), own, effort):
            rank = rank if part is None else part.number
            ranked += [(rank, line) for line in taken]
    return [line for _, line in sorted(ranked, key=itemgetter(0))]


def _laid(parts: Sequence[Part], lines: Sequence[Printed], effort: Effort, depth: int = 8) -> Layout:
    """A layout with few changes: with the fewest where that can be found in reasonable time."""
    before, after = ends_agreeing(parts, lines)
    first: Layout = [(part, [line]) for part, line in zip(parts[:before], lines[:before], strict=True)]
    last: Layout = [
        (part, [line]) for part, line in zip(parts[len(parts) - after :], lines[len(lines) - after :], strict=True)
    ]
    parts, lines = parts[before : len(parts) - after], lines[before : len(lines) - after]
    size = sum(1 + len(part.wild) if isinstance(part, FreeOrder) else 1 for part in parts) * (len(lines) + 1)
    if size <= _CELLS and effort.allows(size):
        return first + _cheapest(parts, lines) + last
    anchors = _anchors(parts, lines) if depth else []
    if not anchors:
        return first + _walked(parts, lines) + last
    middle: Layout = []
    part_at = line_at = 0
    for part, line in [*anchors, (len(parts), len(lines))]:
        middle += _laid(parts[part_at:part], lines[line_at:line], effort, depth - 1)
        middle += [(part, [line]) for part, line in zip(parts[part : part + 1], lines[line : line + 1], strict=True)]
        part_at, line_at = part + 1, line + 1
    return first + middle + last


def _anchors(parts: Sequence[Part], lines: Sequence[Printed]) -> list[tuple[int, int]]:
    """Lines that stand once in the transcript and once in the output: the longest row of them in the same order."""
    at = positions(lines)
    wanted = Counter(parts)
    common = [
        (index, found[0])
        for index, part in enumerate(parts)
        if isinstance(part, Pattern) and part.is_exact and wanted[part] == 1
        for found in [at.get(Printed(part.stream, part.pieces[0]), [])]
        if len(found) == 1
    ]
    # Patience sorting: each pile's top, and what lay on the pile to the left when a pair was added.
    tops: list[int] = []
    piles: list[int] = []
    below: list[int | None] = []
    for order, (_, place) in enumerate(common):
        pile = bisect_left(tops, place)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [order]
        below.append(piles[pile - 1] if pile else None)
    chain: list[tuple[int, int]] = []
    last = piles[-1] if piles else None
    while last is not None:
        chain.append(common[last])
        last = below[last]
    return chain[::-1]


def _cheapest(parts: Sequence[Part], lines: Sequence[Printed]) -> Layout:
    """The layout with the lowest cost, from a table of the costs of all."""
    words = [words_of(line.text) for line in lines]
    above = [_CHANGE * count for count in range(len(lines) + 1)]
    moves: list[bytearray] = []
    for part in parts:
        drop, pair, right = _costs(part, lines, words)
        row, move = [above[0] + drop], bytearray([_DROP])
        for column in range(len(lines)):
            best, way = above[column] + pair[column], _PAIR
            if above[column + 1] + drop < best:
                best, way = above[column + 1] + drop, _DROP
            if row[column] + right[column] < best:
                best, way = row[column] + right[column], _RIGHT
            row.append(best)
            move.append(way)
        moves.append(move)
        above = row
    return _traced(parts, lines, moves)


def _costs(
    part: Part, lines: Sequence[Printed], words: Sequence[frozenset[str]]
) -> tuple[int, Sequence[int], Sequence[int]]:
    """What it costs to leave `part` without a line, to pair it with each line, and to put each line in or after it."""
    never = [4 * _CHANGE] * len(lines)
    if isinstance(part, AnyLines):
        return 0, never, [_TAKE if part.takes(line.stream) else _CHANGE for line in lines]
    if isinstance(part, FreeOrder):
        exact = {Printed(item.stream, item.pieces[0]) for item in part.patterns if item.is_exact}
        wild = part.wild
        own = (
            line in exact or part.takes(line.stream) or any(pattern.matches(line) for pattern in wild) for line in lines
        )
        return 0, never, [_TAKE if yes else _CHANGE - _TAKE for yes in own]
    mine = words_of("".join(part.pieces))

    def cost(line: Printed, theirs: frozenset[str]) -> int:
        if part.matches(line):
            return 0
        if part.stream != line.stream:
            return 4 * _CHANGE
        return _CHANGE if is_reworded(part, mine, theirs) else 2 * (_CHANGE - _TAKE)

    return _CHANGE, [cost(line, theirs) for line, theirs in zip(lines, words, strict=True)], [_CHANGE] * len(lines)


def _traced(parts: Sequence[Part], lines: Sequence[Printed], moves: Sequence[bytearray]) -> Layout:
    layout: Layout = []
    taken: list[Printed] = []
    row, column = len(parts), len(lines)
    while row or column:
        part = parts[row - 1] if row else None
        way = moves[row - 1][column] if row else _RIGHT
        if way == _RIGHT:
            column -= 1
            if isinstance(part, FreeOrder) or (isinstance(part, AnyLines) and part.takes(lines[column].stream)):
                taken.append(lines[column])
                continue
            if taken:  # `[...]` goes on behind a line that is not its own.
                layout.append((part, taken[::-1]))
                taken = []
            layout.append((None, [lines[column]]))
            continue
        if way == _PAIR:
            column -= 1
            taken.append(lines[column])
        layout.append((part, taken[::-1]))
        taken = []
        row -= 1
    return layout[::-1]


def _walked(parts: Sequence[Part], lines: Sequence[Printed]) -> Layout:
    """A layout for what is too large to weigh: line by line, `[...]` up to the next line that is known to follow it."""
    at = positions(lines)
    place = 0
    layout: Layout = []
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        end = place + isinstance(part, Pattern)
        if not isinstance(part, Pattern):
            if following is None:
                end = len(lines)
            elif isinstance(following, Pattern) and following.is_exact:
                found = at.get(Printed(following.stream, following.pieces[0]), [])
                index = bisect_left(found, place)
                end = found[index] if index < len(found) else place
        taken = lines[place:end]
        if isinstance(part, AnyLines):
            foreign = (index for index, line in enumerate(taken) if not part.takes(line.stream))
            taken = taken[: next(foreign, len(taken))]
        layout.append((part, taken))
        place += len(taken)
    layout += [(None, [line]) for line in lines[place:]]
    return layout


def _settled(block: FreeOrder, lines: Sequence[Printed], effort: Effort) -> list[Step]:
    """The items of `block` in their order, each with its line; then the lines that have no item."""
    pairing = Pairing(block, effort)
    loose: dict[int, frozenset[str]] = {}
    for index, line in enumerate(lines):
        try:
            if pairing.add(line):
                continue
        except TooHardError:
            pass
        loose[index] = words_of(line.text)
    steps = [Step(block.begin, None, True)]
    candidates = loose if effort.allows(pairing.missing * len(loose)) else {}
    for item, own in zip(block.items, pairing.by_item(), strict=True):
        if isinstance(item, AnyLines) or own is not None:
            steps.append(Step(item, own, True))
            continue
        mine = words_of("".join(item.pieces))
        alike = (index for index, theirs in candidates.items() if is_reworded(item, mine, theirs))
        mate = next((index for index in alike if lines[index].stream == item.stream), None)
        steps.append(Step(item, None if mate is None else lines[mate], False))
        if mate is not None:
            del loose[mate]
    extra = (lines[index] for index in loose)
    steps += [Step(None, line, False) for line in extra if not block.takes(line.stream)]
    if block.end is not None:
        steps.append(Step(block.end, None, True))
    return steps
