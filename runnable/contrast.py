"""How the outputs of several runs of one program differ from each other."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from runnable.recording import Recording
from runnable.transcript import (
    ANY_ORDER,
    IN_ORDER,
    STREAMS,
    AnyLines,
    Directive,
    Pattern,
    Printed,
    Transcript,
    ending,
    printed,
)
from runnable.variation import Change, runs_of

_MOST_TOKENS = 2000
_TOKEN = re.compile(r"\w+(?:\.\w+)*|\s+|.", re.DOTALL)


def changes(
    recordings: Sequence[Recording], transcript: Transcript | None, *, allowed: bool, ordered: bool
) -> list[Change]:
    """How `recordings` of one program differ: in their ends, then in their lines.

    `allowed` is true where all of them fit the transcript. Where `ordered` is false, it is not known how lines of
    stdout and stderr followed each other, and nothing is said of it.
    """
    outputs = Counter(_output(recording, ordered=ordered) for recording in recordings)
    return [*_endings(recordings), *_Comparison(outputs, transcript, allowed=allowed).changes()]


def _output(recording: Recording, *, ordered: bool) -> tuple[Printed, ...]:
    lines = printed(recording)
    return tuple(lines if ordered else sorted(lines, key=lambda line: line.stream == "err"))


def _endings(recordings: Iterable[Recording]) -> Iterator[Change]:
    found = Counter(ending(recording.exit) or "exit 0" for recording in recordings)
    if len(found) > 1:
        advice = "a transcript cannot allow for it. Make the program end in one way."
        yield Change(f"it ends in {len(found)} ways", advice, False, tuple(found.most_common()))


class _Comparison:
    """Compares each output with the most frequent one."""

    def __init__(self, outputs: Counter[tuple[Printed, ...]], transcript: Transcript | None, *, allowed: bool) -> None:
        self._outputs = outputs
        self._usual: tuple[Printed, ...] = max(outputs, key=lambda output: outputs[output], default=())
        self._pairs = {output: _paired(self._usual, output) for output in outputs}
        self._runs = outputs.total()
        self._allowed = allowed
        self._wild: set[Pattern] = set()
        self._free: set[Pattern] = set()
        free = False
        for item in transcript.items if transcript else ():
            if isinstance(item, Directive):
                free = item.text == ANY_ORDER
            elif isinstance(item, Pattern):
                if not item.is_exact:
                    self._wild.add(item)
                if free:
                    self._free.add(item)

    def changes(self) -> Iterator[Change]:
        """How the outputs differ, from the first line on; then lines that the most frequent output does not have."""
        texts: dict[int, Counter[Printed]] = {}
        absent: Counter[int] = Counter()
        moved: set[range] = set()
        added: Counter[Printed] = Counter()
        for output, runs in self._outputs.items():
            if output == self._usual:
                continue
            pairs = self._pairs[output]
            for mine, its in pairs.items():
                if self._usual[mine] != output[its]:
                    texts.setdefault(mine, Counter())[output[its]] += runs
            absent.update(dict.fromkeys(set(range(len(self._usual))) - pairs.keys(), runs))
            rest = sorted(set(range(len(output))) - set(pairs.values()))
            added.update(dict.fromkeys((output[place] for place in rest), runs))
            moved.update(_moved(pairs))
        found = [(place, self._text(place, others, absent[place])) for place, others in texts.items()]
        found += [(place, self._absence(place, runs)) for place, runs in absent.items()]
        found += [(place.start, self._order(place)) for place in _joined(moved)]
        yield from (change for _, change in sorted(found, key=lambda entry: entry[0]))
        yield from (self._addition(line, runs) for line, runs in added.items())

    def _text(self, place: int, others: Counter[Printed], absent: int) -> Change:
        usual = self._usual[place]
        found = Counter({usual: self._runs - others.total() - absent}) + others
        suggestion = str(Pattern(usual.stream, _common([line.text for line in found])))
        allowed = self._allowed or any(all(map(pattern.matches, found)) for pattern in self._wild)
        advice = f"nothing in the transcript allows it. Write “{suggestion}”, or make it the same each time."
        what = f"line {place + 1} has {len(found)} texts"
        return Change(what, advice, allowed, _examples(found), suggestion)

    def _absence(self, place: int, runs: int) -> Change:
        line = self._usual[place]
        return self._presence(f"line {place + 1} is missing in {runs}", line, self._runs - runs)

    def _addition(self, line: Printed, runs: int) -> Change:
        return self._presence(f"one more line is printed in {runs}", line, runs)

    def _presence(self, what: str, line: Printed, runs: int) -> Change:
        suggestion = str(AnyLines(only_stderr=line.stream == "err"))
        advice = f"nothing in the transcript allows it. Write “{suggestion}” in its place, or make it certain."
        return Change(f"{what} of {runs_of(self._runs)}", advice, self._allowed, _examples({line: runs}), suggestion)

    def _order(self, lines: range) -> Change:
        orders = Counter[tuple[Printed, ...]]()
        for output, runs in self._outputs.items():
            places = self._pairs[output]
            present = sorted((mine for mine in lines if mine in places), key=places.__getitem__)
            orders[tuple(self._usual[mine] for mine in present)] += runs
        within = [{tuple(line for line in order if line.stream == stream) for order in orders} for stream in STREAMS]
        streams = " on stdout and stderr" if all(len(found) == 1 for found in within) else ""
        what = f"lines {lines.start + 1} to {lines.stop}{streams} come in {len(orders)} orders"
        allowed = self._allowed or all(any(free.matches(self._usual[mine]) for free in self._free) for mine in lines)
        advice = (
            f"nothing in the transcript allows it. Put “#: {ANY_ORDER}” above them and “#: {IN_ORDER}” below, "
            "or make the order certain."
        )
        examples = Counter(
            {" | ".join(str(Pattern.exactly(line)) for line in order): orders[order] for order in orders}
        )
        directive = str(Directive(ANY_ORDER))
        return Change(what, advice, allowed, tuple(examples.most_common()), directive)


def _paired(usual: Sequence[Printed], output: Sequence[Printed]) -> dict[int, int]:
    """Which line of `output` is which of `usual`: first the same text, then the most similar, then the same place."""
    waiting: dict[Printed, list[int]] = {}
    for place in reversed(range(len(output))):
        waiting.setdefault(output[place], []).append(place)
    pairs = {mine: waiting[line].pop() for mine, line in enumerate(usual) if waiting.get(line)}
    left = [mine for mine in range(len(usual)) if mine not in pairs]
    right = sorted(place for places in waiting.values() for place in places)
    if len(left) * len(right) <= 40_000:
        words = {place: set(_TOKEN.findall(output[place].text[:500])) for place in right}
        scores = []
        for mine in left:
            own = set(_TOKEN.findall(usual[mine].text[:500]))
            for place in right:
                common = sum(map(len, own & words[place]))
                if usual[mine].stream == output[place].stream and 2 * common >= len(usual[mine].text[:500]):
                    scores.append((-common, abs(mine - place), mine, place))
        _pair(pairs, ((mine, place) for *_, mine, place in sorted(scores)))
    same = set(left) & set(right)
    _pair(pairs, ((place, place) for place in sorted(same) if usual[place].stream == output[place].stream))
    return pairs


def _pair(pairs: dict[int, int], candidates: Iterable[tuple[int, int]]) -> None:
    taken = set(pairs.values())
    for mine, its in candidates:
        if mine not in pairs and its not in taken:
            pairs[mine] = its
            taken.add(its)


def _moved(pairs: Mapping[int, int]) -> Iterator[range]:
    """The runs of lines that have changed places with one another."""
    order = [pairs[mine] for mine in sorted(pairs)]
    highest = list(accumulate(order, max))
    lowest = list(accumulate(reversed(order), min))[::-1]
    start = 0
    mine = sorted(pairs)
    for index in range(len(order)):
        # Up to here nothing has come from behind: a run ends.
        if index + 1 == len(order) or highest[index] < lowest[index + 1]:
            if index > start:
                yield range(mine[start], mine[index] + 1)
            start = index + 1


def _joined(ranges: Iterable[range]) -> list[range]:
    """`ranges` in order, those that share a line as one."""
    joined: list[range] = []
    for each in sorted(ranges, key=lambda each: each.start):
        if joined and each.start < joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, each.stop))
        else:
            joined.append(each)
    return joined


def _common(texts: Sequence[str]) -> tuple[str, ...]:
    """The pieces that all texts have in common, word by word, for a pattern that matches each of them."""
    first, *others = ([*_TOKEN.findall(text)] for text in texts)
    if max(map(len, (first, *others))) > _MOST_TOKENS:
        return "", ""
    common: list[str | None] = [*first]
    for other in others:
        merged: list[str | None] = []
        at = place = 0
        for block in difflib.SequenceMatcher(None, common, other, autojunk=False).get_matching_blocks():
            if (block.a > at or block.b > place) and (not merged or merged[-1] is not None):
                merged.append(None)
            merged += common[block.a : block.a + block.size]
            at, place = block.a + block.size, block.b + block.size
        common = merged
    if not any(token and token[0].isalnum() for token in common):
        return "", ""
    return tuple("".join(token or "\n" for token in common).split("\n"))


def _examples(lines: Mapping[Printed, int]) -> tuple[tuple[str, int], ...]:
    return tuple((str(Pattern.exactly(line)), runs) for line, runs in Counter(lines).most_common())
