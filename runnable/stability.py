"""Runs programs repeatedly, half of the time with busy cores, and tells which output varies and whether it may."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TypeAlias

from runnable.contrast import changes
from runnable.difference import drift
from runnable.problem import Problem, ProblemsError, listed
from runnable.recording import Recording
from runnable.snippet import Snippet
from runnable.transcript import Transcript, transcript_place
from runnable.variation import Variation

Run: TypeAlias = Callable[[Sequence[Snippet]], Iterable[Recording | Problem]]
"""Runs programs once, whether stale or not. Gives the recording of each, or what went wrong, placed at the program."""

# Keeps one core busy until it is ended, or until the end of its standard input tells it that whoever began it is gone.
_SPIN = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
while True: pass
"""


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
    return Variation(
        place=snippet.place,
        runs=len(every) + len(failures),
        changes=tuple(changes(every, transcript, allowed=not found, ordered=ordered)),
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
