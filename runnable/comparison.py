"""Whether an output is as a transcript expects it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from runnable.effort import Effort
from runnable.free_order import FreeOrder, Pairing, Part, gathered
from runnable.transcript import STREAMS, AnyLines, Item, Pattern, Printed


def fits(items: Sequence[Item], lines: Sequence[Printed], *, ordered: bool = True) -> bool:
    """Whether `lines` are as `items` say. Raises TooHardError.

    Where `ordered` is false, it is not known how lines of stdout and stderr followed each other: each stream is
    compared by itself.
    """
    effort = Effort()
    if ordered:
        return _fit(gathered(items), lines, effort)
    return all(
        _fit(gathered(items, stream), [line for line in lines if line.stream == stream], effort) for stream in STREAMS
    )


def _fit(parts: Sequence[Part], lines: Sequence[Printed], effort: Effort) -> bool:
    """Whether `parts` describe `lines` as a whole.

    The places in `lines` that may be reached are the bits of one number: bit n stands for the place before line n. So
    each part moves all of them at once, and there is nothing to go back to.
    """
    before, after = ends_agreeing(parts, lines)
    parts, lines = parts[before : len(parts) - after], lines[before : len(lines) - after]
    if not parts:
        return not lines
    if isinstance(parts[0], Pattern) or isinstance(parts[-1], Pattern):
        return False
    reach = 1
    places = _Places(lines, effort)
    for part in parts:
        if isinstance(part, Pattern):
            reach = places.after(part, reach)
        elif isinstance(part, AnyLines):
            reach = places.beyond(part, reach)
        else:
            reach = places.around(part, reach)
        if not reach:
            return False
    return bool(reach >> len(lines) & 1)


def ends_agreeing(parts: Sequence[Part], lines: Sequence[Printed]) -> tuple[int, int]:
    """How many lines match one by one at the beginning, and how many of the others at the end."""
    before = _agreeing(parts, lines)
    return before, _agreeing(parts[before:][::-1], lines[before:][::-1])


def _agreeing(parts: Sequence[Part], lines: Sequence[Printed]) -> int:
    """How many parts from the first on are lines that match, one by one."""
    count = 0
    for part, line in zip(parts, lines, strict=False):
        if not isinstance(part, Pattern) or not part.matches(line):
            break
        count += 1
    return count


def positions(lines: Sequence[Printed]) -> dict[Printed, list[int]]:
    """Where each line stands among `lines`, from the first place on."""
    found: dict[Printed, list[int]] = {}
    for place, line in enumerate(lines):
        found.setdefault(line, []).append(place)
    return found


class _Places:
    """Where in `lines` one gets from a set of places."""

    def __init__(self, lines: Sequence[Printed], effort: Effort) -> None:
        self._lines = lines
        self._effort = effort
        self._masks: dict[Pattern, int] = {}
        self._at: dict[Printed, list[int]] = positions(lines)

    def after(self, pattern: Pattern, reach: int) -> int:
        """Past one line that `pattern` matches."""
        if pattern not in self._masks and reach.bit_count() < 16:
            reached = 0
            for place in _bits(reach):
                self._effort.spend()
                if place < len(self._lines) and pattern.matches(self._lines[place]):
                    reached |= 2 << place
            return reached
        if pattern not in self._masks:
            self._masks[pattern] = self._mask(pattern)
        self._effort.spend(1 + len(self._lines) // 1000)
        return (reach & self._masks[pattern]) << 1

    def beyond(self, any_lines: AnyLines, reach: int) -> int:
        """Past any number of lines."""
        if not any_lines.only_stderr:
            return self._from(_lowest(reach))
        done = 0
        for place in _bits(reach):
            self._effort.spend()
            if done >> place & 1:
                continue
            end = place
            while end < len(self._lines) and self._lines[end].stream == "err":
                end += 1
            self._effort.spend(end - place)
            done |= (2 << end) - (1 << place)
        return done

    def around(self, block: FreeOrder, reach: int) -> int:
        """Past the lines of `block`, in any order."""
        if block.takes("out"):
            # What is found from the first place is found from it whatever lies between.
            end = next(self._ends(block, _lowest(reach)), None)
            return 0 if end is None else self._from(end)
        reached = 0
        for place in _bits(reach):
            for end in self._ends(block, place):
                reached |= 1 << end
        return reached

    def _ends(self, block: FreeOrder, start: int) -> Iterator[int]:
        pairing = Pairing(block, self._effort)
        for end in range(start, len(self._lines) + 1):
            if not pairing.missing:
                yield end
                if not block.takes("err"):
                    return
            if end == len(self._lines):
                return
            line = self._lines[end]
            if not pairing.add(line) and not block.takes(line.stream):
                return

    def _from(self, place: int) -> int:
        return (2 << len(self._lines)) - (1 << place)

    def _mask(self, pattern: Pattern) -> int:
        if pattern.is_exact:
            found = self._at.get(Printed(pattern.stream, pattern.pieces[0]), [])
        else:
            self._effort.spend(len(self._lines))
            found = [place for place, line in enumerate(self._lines) if pattern.matches(line)]
        bits = bytearray(len(self._lines) // 8 + 1)
        for place in found:
            bits[place // 8] |= 1 << place % 8
        return int.from_bytes(bits, "little")


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = _lowest(bits)
        yield lowest
        bits ^= 1 << lowest
