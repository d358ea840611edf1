"""Which output is the same in every run, which varies and how, and whether transcripts allow for it."""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from runnable.problem import Problem, ProblemsError, listed
from runnable.recording import Recording
from runnable.snippet import Snippet
from runnable.transcript import (
    ANY_ORDER,
    IN_ORDER,
    AnyLines,
    Directive,
    Pattern,
    Printed,
    Transcript,
    drift,
    ending,
    printed,
    transcript_place,
)

Run: TypeAlias = Callable[[Sequence[Snippet]], Iterable[Recording | Problem]]
"""Runs programs once, whether stale or not. Gives the recording of each, or what went wrong, placed at the program."""

_EXAMPLES = 3
_MOST_CHARACTERS = 100
_MOST_TOKENS = 2000
_TOKEN = re.compile(r"\w+(?:\.\w+)*|\s+|.", re.DOTALL)

# Keeps one core busy until it is ended, or until the end of its standard input tells it that whoever began it is gone.
_SPIN = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
while True: pass
"""


@dataclass(frozen=True)
class Change:
    """One way in which output varied."""

    what: str
    """One clause that says it: `line 3 has 4 texts`."""
    advice: str
    """One sentence that says what to do where the transcript does not allow for it."""
    allowed: bool
    """Whether the transcript allows for it."""
    examples: tuple[tuple[str, int], ...] = ()
    """What was printed, as a transcript would say it, and in how many runs; the most frequent first."""
    suggestion: str = ""
    """The line that would make a transcript allow for it: one with wildcards, or a directive."""

    def __str__(self) -> str:
        rows = [f"{self.what}: {'the transcript allows it.' if self.allowed else self.advice}"]
        width = max((len(str(runs)) for _, runs in self.examples), default=0)
        for text, runs in self.examples[:_EXAMPLES]:
            shown = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
            rows.append(f"    {runs:>{width}} × {shown}".rstrip())
        more = len(self.examples) - _EXAMPLES
        return "\n".join([*rows, f"    … and {more} more"] if more > 0 else rows)


@dataclass(frozen=True)
class Variation:
    """What several runs of one program have shown. `str()` gives it as text."""

    place: str
    """The program, as shown to people."""
    runs: int
    """How often it ran, whatever came of it."""
    changes: tuple[Change, ...] = ()
    """How the output varied; nothing where it was the same each time."""
    drifted: int = 0
    """The number of runs that drifted from the transcript,"""
    drifted_busy: int = 0
    """and of those among them in which the cores were busy."""
    drift: Problem | None = None
    """The first drift."""
    failures: tuple[Problem, ...] = ()
    """For each run that failed, and so has no recording, what was wrong."""
    has_transcript: bool = True

    @property
    def flaky(self) -> bool:
        """Whether a reader or CI may see something other than the transcript."""
        return bool(self.drifted or self.failures)

    @property
    def verdict(self) -> str:
        """The finding in a few words."""
        if not self.runs:
            return "did not run here"
        found = []
        if self.failures:
            found.append(f"fails in {len(self.failures)} of {_runs(self.runs)}")
        if self.drifted and self.has_transcript:
            busy = f" ({self.drifted_busy} of them with busy cores)" if self.drifted_busy else ""
            found.append(f"drifts from its transcript in {self.drifted} of {_runs(self.runs)}{busy}")
        elif self.drifted:
            found.append("has no transcript")
        if found:
            return listed(found)
        as_allowed = f"varies in {_runs(self.runs)} as its transcript allows"
        return as_allowed if self.changes else f"stable in {_runs(self.runs)}"

    def __str__(self) -> str:
        rows = [f"{self.place}: {self.verdict}"]
        rows += _indented(str(change) for change in self.changes)
        failures = Counter(str(problem) for problem in self.failures)
        rows += _indented(f"{count} × {problem}" for problem, count in failures.most_common(_EXAMPLES))
        # Where something varies that is not allowed, it has been told above.
        if self.drift is not None and self.has_transcript and all(change.allowed for change in self.changes):
            rows += _indented([str(self.drift)])
        return "\n".join(rows)


def report(
    snippet: Snippet,
    transcript_text: str | None,
    recordings: Sequence[Recording],
    *,
    busy: Sequence[Recording] = (),
    failures: Sequence[Problem] = (),
    ordered: bool = True,
) -> Variation:
    """How `recordings` of one program, and those made while cores were `busy`, differ from each other.

    `failures` holds a problem for each run that has no recording. Where `ordered` is false, it is not known how lines
    of stdout and stderr followed each other, and nothing is said of it.
    """
    every = [*recordings, *busy]
    drifts = [drift(snippet, transcript_text, recording, ordered=ordered) for recording in every]
    found = [problem for problem in drifts if problem is not None]
    transcript = _parsed(transcript_text, snippet)
    outputs = Counter(_output(recording, ordered=ordered) for recording in every)
    changes = [*_endings(every), *_Comparison(outputs, transcript, fits=not found).changes()]
    return Variation(
        place=snippet.place,
        runs=len(every) + len(failures),
        changes=tuple(changes),
        drifted=len(found),
        drifted_busy=sum(problem is not None for problem in drifts[len(recordings) :]),
        drift=found[0] if found else None,
        failures=tuple(failures),
        has_transcript=transcript_text is not None,
    )


def watch(
    snippets: Sequence[Snippet],
    transcripts: Mapping[str, str | None],
    run: Run,
    *,
    runs: int = 20,
    cores: int | None = None,
    ordered: bool = True,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Variation]:
    """Runs the programs `runs` times, in the second half with `cores` (all there are) kept busy, and reports on each.

    `transcripts` has the text of each program's transcript by its slug. `progress` is told how many runs are done.
    """
    quiet: dict[str, list[Recording]] = {}
    busy: dict[str, list[Recording]] = {}
    failures: dict[str, list[Problem]] = {}
    with ExitStack() as load:
        for number in range(runs):
            if number == runs - runs // 2:
                load.enter_context(busy_cores(cores or os.cpu_count() or 1))
            failed: dict[str, Problem] = {}
            for result in run(snippets):
                if isinstance(result, Problem):
                    failed.setdefault(result.place, result)
                else:
                    (quiet if number < runs - runs // 2 else busy).setdefault(result.slug, []).append(result)
            for place, problem in failed.items():
                failures.setdefault(place, []).append(problem)
            progress(number + 1)
    return [
        report(
            snippet,
            transcripts.get(snippet.slug),
            quiet.get(snippet.slug, []),
            busy=busy.get(snippet.slug, []),
            failures=failures.get(snippet.place, []),
            ordered=ordered,
        )
        for snippet in snippets
    ]


def summary(variations: Sequence[Variation]) -> str:
    """All that was found: what is flaky last, where it is seen first on a terminal; then one line that counts."""
    absent = [variation for variation in variations if not variation.runs]
    flaky = [variation for variation in variations if variation.flaky]
    stable = [variation for variation in variations if variation.runs and not variation.changes and not variation.flaky]
    varying = [variation for variation in variations if variation.changes and not variation.flaky]
    counts = [
        f"{len(group)} {words}"
        for group, words in (
            (stable, "stable"),
            (varying, "varying as allowed"),
            (absent, "not run here"),
            (flaky, "flaky"),
        )
        if group or group is stable
    ]
    return "\n".join([*map(str, [*stable, *absent, *varying, *flaky]), "", f"{listed(counts)}."])


@contextmanager
def busy_cores(count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Keeps `count` cores busy meanwhile. However it is left, and if this process is killed, the spinning ends."""
    with ExitStack() as ends:
        spinning: list[subprocess.Popen[bytes]] = []
        for _ in range(count):
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _SPIN],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # A terminal's Ctrl-C reaches it too; that is not worth a traceback.
            )
            ends.enter_context(process)
            ends.callback(process.kill)
            spinning.append(process)
        yield spinning


def _parsed(text: str | None, snippet: Snippet) -> Transcript | None:
    try:
        return None if text is None else Transcript.parse(text, transcript_place(snippet))
    except ProblemsError:
        return None


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

    def __init__(self, outputs: Counter[tuple[Printed, ...]], transcript: Transcript | None, *, fits: bool) -> None:
        self._outputs = outputs
        self._usual: tuple[Printed, ...] = max(outputs, key=lambda output: outputs[output], default=())
        self._pairs = {output: _paired(self._usual, output) for output in outputs}
        self._runs = outputs.total()
        self._fits = fits
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
        allowed = self._fits or any(all(map(pattern.matches, found)) for pattern in self._wild)
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
        return Change(f"{what} of {_runs(self._runs)}", advice, self._fits, _examples({line: runs}), suggestion)

    def _order(self, lines: range) -> Change:
        orders = Counter[tuple[Printed, ...]]()
        for output, runs in self._outputs.items():
            places = self._pairs[output]
            present = sorted((mine for mine in lines if mine in places), key=places.__getitem__)
            orders[tuple(self._usual[mine] for mine in present)] += runs
        own = {stream: {tuple(line for line in order if line.stream == stream) for order in orders} for stream in _BOTH}
        streams = " on stdout and stderr" if all(len(found) == 1 for found in own.values()) else ""
        what = f"lines {lines.start + 1} to {lines.stop}{streams} come in {len(orders)} orders"
        allowed = self._fits or all(any(free.matches(self._usual[mine]) for free in self._free) for mine in lines)
        advice = (
            f"nothing in the transcript allows it. Put “#: {ANY_ORDER}” above them and “#: {IN_ORDER}” below, "
            "or make the order certain."
        )
        examples = Counter(
            {" | ".join(str(Pattern.exactly(line)) for line in order): orders[order] for order in orders}
        )
        directive = str(Directive(ANY_ORDER))
        return Change(what, advice, allowed, tuple(examples.most_common()), directive)


_BOTH = ("out", "err")


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


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count} runs"


def _indented(texts: Iterable[str]) -> list[str]:
    return [f"    {row}" for text in texts for row in text.splitlines()]
