from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from packaging.specifiers import SpecifierSet

from runnable import stability
from runnable.comparison import fits
from runnable.header import Header
from runnable.problem import Problem
from runnable.recording import Recording, Write
from runnable.snippet import Snippet
from runnable.stability import busy_cores, report, summary, watch
from runnable.transcript import Transcript, printed, render
from runnable.variation import Variation

ROOT = Path(__file__).resolve().parents[1]
PLACE = "snippets/tea/brew.py"
COMMAND = f"$ python {PLACE}\n"
SNIPPET = Snippet(
    slug="tea/brew",
    path=Path(PLACE),
    place=PLACE,
    source="",
    header=Header(requires_python=SpecifierSet(">=3.11")),
    header_lines=range(0),
    sections={},
    marker_lines=frozenset(),
)


def recorded(*lines: str, exit: int = 0) -> Recording:
    """A recording that wrote these lines; those that begin with `2> ` on stderr."""
    return Recording(
        slug=SNIPPET.slug,
        digest="",
        key="",
        interpreter="CPython 3.11.7",
        exit=exit,
        seconds=1.0,
        writes=tuple(
            Write(0.0, "err", line[3:] + "\n") if line.startswith("2> ") else Write(0.0, "out", line + "\n")
            for line in lines
        ),
    )


def found(text: str | None, *runs: Sequence[str], ordered: bool = True) -> Variation:
    whole = None if text is None else COMMAND + text
    return report(SNIPPET, whole, [recorded(*lines) for lines in runs], ordered=ordered)


def test_the_same_output_each_time():
    variation = found("tea\n", *[["tea"]] * 20)
    assert str(variation) == "snippets/tea/brew.py: stable in 20 runs"
    assert not variation.flaky


def test_a_text_that_varies_without_a_wildcard():
    runs = [["start", f"0x{n:x} finished in {n % 3}.5 ms", "2> bye"] for n in range(10, 15)]
    variation = found("start\n0xa finished in 1.5 ms\n2> bye\n", *runs, runs[0])
    assert variation.flaky
    assert str(variation) == (
        "snippets/tea/brew.py: drifts from its transcript in 4 of 6 runs\n"
        "    line 2 has 5 texts: nothing in the transcript allows it. "
        "Write “[..] finished in [..] ms”, or make it the same each time.\n"
        "        2 × 0xa finished in 1.5 ms\n"
        "        1 × 0xb finished in 2.5 ms\n"
        "        1 × 0xc finished in 0.5 ms\n"
        "        … and 2 more"
    )


def test_a_text_that_varies_where_a_wildcard_stands():
    variation = found("took [..] s\n", ["took 1 s"], ["took 2 s"])
    assert not variation.flaky
    assert str(variation) == (
        "snippets/tea/brew.py: varies in 2 runs as its transcript allows\n"
        "    line 1 has 2 texts: the transcript allows it.\n"
        "        1 × took 1 s\n"
        "        1 × took 2 s"
    )


def test_a_change_that_is_allowed_beside_one_that_is_not():
    variation = found("took [..] s\n2> id 1\n", ["took 1 s", "2> id 1"], ["took 2 s", "2> id 2"])
    assert [(change.what, change.allowed, change.suggestion) for change in variation.changes] == [
        ("line 1 has 2 texts", True, "took [..] s"),
        ("line 2 has 2 texts", False, "2> id [..]"),
    ]


def test_an_order_that_varies():
    variation = found("start\nAnn\nBob\nCid\n", *[["start", "Ann", "Bob", "Cid"]] * 3, ["start", "Bob", "Ann", "Cid"])
    assert str(variation) == (
        "snippets/tea/brew.py: drifts from its transcript in 1 of 4 runs\n"
        "    lines 2 to 3 come in 2 orders: nothing in the transcript allows it. "
        "Put “#: lines in any order” above them and “#: lines in order” below, or make the order certain.\n"
        "        3 × Ann | Bob\n"
        "        1 × Bob | Ann"
    )


def test_an_order_that_is_free():
    text = "#: lines in any order\nAnn\nBob\n#: lines in order\nCid\n"
    variation = found(text, ["Ann", "Bob", "Cid"], ["Bob", "Ann", "Cid"])
    assert str(variation).splitlines()[:2] == [
        "snippets/tea/brew.py: varies in 2 runs as its transcript allows",
        "    lines 1 to 2 come in 2 orders: the transcript allows it.",
    ]
    variation = found(text, ["Ann", "Bob", "Cid"], ["Bob", "Ann", "Dan"])
    assert [(change.what, change.allowed) for change in variation.changes] == [
        ("lines 1 to 2 come in 2 orders", True),
        ("line 3 has 2 texts", False),
    ]


def test_an_order_is_told_from_a_text():
    runs = [["job 1 took 3 ms", "job 2 took 4 ms"], ["job 2 took 5 ms", "job 1 took 6 ms"]]
    assert [(change.what, change.suggestion) for change in found(None, *runs).changes] == [
        ("line 1 has 2 texts", "job 1 took [..] ms"),
        ("lines 1 to 2 come in 2 orders", "#: lines in any order"),
        ("line 2 has 2 texts", "job 2 took [..] ms"),
    ]


def test_streams_that_overtake_each_other():
    runs = [["a", "2> x", "b"], ["a", "b", "2> x"]]
    assert [change.what for change in found(None, *runs).changes] == [
        "lines 2 to 3 on stdout and stderr come in 2 orders"
    ]
    assert found("a\n2> x\nb\n", *runs).drifted == 1
    unordered = found("a\n2> x\nb\n", *runs, ordered=False)
    assert str(unordered) == "snippets/tea/brew.py: stable in 2 runs"


def test_lines_that_are_printed_now_and_then():
    runs = [*[["a", "2> late", "b"]] * 3, ["a", "b"], ["a", "2> late", "b", "something else"]]
    assert str(found("a\n2> late\nb\n", *runs)) == (
        "snippets/tea/brew.py: drifts from its transcript in 2 of 5 runs\n"
        "    line 2 is missing in 1 of 5 runs: nothing in the transcript allows it. "
        "Write “2> [...]” in its place, or make it certain.\n"
        "        4 × 2> late\n"
        "    one more line is printed in 1 of 5 runs: nothing in the transcript allows it. "
        "Write “[...]” in its place, or make it certain.\n"
        "        1 × something else"
    )
    assert not found("a\n2> [...]\nb\n[...]\n", *runs).flaky


def test_a_line_that_changes_its_stream():
    assert [change.what for change in found(None, ["x 1"], ["x 1"], ["2> x 2"]).changes] == [
        "line 1 is missing in 1 of 3 runs",
        "one more line is printed in 1 of 3 runs",
    ]


def test_an_ending_that_varies():
    variation = report(SNIPPET, COMMAND + "tea\n", [recorded("tea"), recorded("tea", exit=1), recorded("tea")])
    assert str(variation) == (
        "snippets/tea/brew.py: drifts from its transcript in 1 of 3 runs\n"
        "    it ends in 2 ways: a transcript cannot allow for it. Make the program end in one way.\n"
        "        2 × exit 0\n"
        "        1 × exit 1"
    )


def test_the_same_drift_in_each_run_is_shown():
    assert str(found("tea\n", ["coffee"], ["coffee"])).splitlines()[:2] == [
        "snippets/tea/brew.py: drifts from its transcript in 2 of 2 runs",
        "    snippets/tea/brew.out:2: the program no longer prints this. "
        "If that is right, run “make accept”; if not, correct snippets/tea/brew.py.",
    ]


def test_no_transcript():
    variation = found(None, ["tea"], ["tea"])
    assert variation.flaky
    assert str(variation) == "snippets/tea/brew.py: has no transcript"


def test_drift_under_load_is_told_apart():
    text = COMMAND + "tea\n"
    variation = report(SNIPPET, text, [recorded("tea")] * 2, busy=[recorded("tea"), recorded("cold tea")])
    assert variation.verdict == "drifts from its transcript in 1 of 4 runs (1 of them with busy cores)"


def test_runs_that_fail():
    problem = Problem(PLACE, 3, "it ran longer than 10 s and was killed. Make it shorter.")
    variation = report(SNIPPET, COMMAND + "tea\n", [recorded("tea")] * 2, failures=[problem])
    assert variation.flaky
    assert str(variation) == (
        "snippets/tea/brew.py: fails in 1 of 3 runs\n"
        "    1 × snippets/tea/brew.py:3: it ran longer than 10 s and was killed. Make it shorter."
    )


def test_a_program_that_cannot_run_here():
    variation = report(SNIPPET, COMMAND, [])
    assert str(variation) == "snippets/tea/brew.py: did not run here"
    assert not variation.flaky


def test_examples_are_cut_off_and_safe_in_a_terminal():
    shown = str(found(None, ["x" * 500 + "1"], ["\x1b[2J" + "x" * 500 + "2"]))
    assert f"        1 × {'x' * 100}…" in shown
    assert f"        1 × ␛[2J{'x' * 96}…" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("seed", range(20))
def test_what_is_suggested_for_a_text_would_allow_it(seed: int):
    chance = random.Random(seed)
    words = ["took", "12", "13.5", "ms", "", " ", "[..]", "\\", "2>", "#:", "Ann", "0x7f", "-", "(", "é", "\t"]
    for _ in range(50):
        texts = ["".join(chance.choices(words, k=chance.randrange(8))) for _ in range(4)]
        runs = [["start", text, "end"] for text in texts if not text.startswith("2> ")]
        variation = found(None, *runs)
        if variation.changes:
            [change] = variation.changes
            transcript = Transcript.parse(f"{COMMAND}start\n{change.suggestion}\nend\n", "brew.out")
            assert all(fits(transcript.items, printed(recorded(*lines))) for lines in runs), (change.suggestion, runs)


@pytest.mark.parametrize("seed", range(20))
def test_outputs_vary_if_and_only_if_something_is_found(seed: int):
    chance = random.Random(seed)
    lines = ["a", "b", "a 1", "a 2", "2> a", "2> b 1", ""]
    for _ in range(100):
        runs = [chance.choices(lines, k=chance.randrange(6)) for _ in range(3)]
        variation = found(render(SNIPPET, recorded(*runs[0])).removeprefix(COMMAND), *runs)
        assert bool(variation.changes) is any(run != runs[0] for run in runs), runs
        assert variation.drifted == sum(run != runs[0] for run in runs)
        assert not any(change.allowed for change in variation.changes if change.what.startswith("line "))


def test_large_outputs():
    lines = [f"{n} of many" for n in range(20_000)]
    changed = [f"{line} {'late' if n % 50 == 0 else 'more'}" if n % 5 == 0 else line for n, line in enumerate(lines)]
    variation = found("[...]\n", lines, changed, lines[::-1])
    assert not variation.flaky
    assert len(variation.changes) == 4001


def test_the_summary_counts_and_ends_with_what_is_flaky():
    stable, flaky = found("tea\n", ["tea"], ["tea"]), found("tea\n", ["tea"], ["no tea"])
    varying, absent = found("[..]\n", ["tea"], ["no tea"]), replace(stable, runs=0)
    assert summary([flaky, absent, varying, stable, stable]).splitlines() == [
        "snippets/tea/brew.py: stable in 2 runs",
        "snippets/tea/brew.py: stable in 2 runs",
        "snippets/tea/brew.py: did not run here",
        *str(varying).splitlines(),
        *str(flaky).splitlines(),
        "",
        "2 stable, 1 varying as allowed, 1 not run here and 1 flaky.",
    ]
    assert summary([]) == "\n0 stable."


def test_half_of_the_runs_are_under_load(monkeypatch: pytest.MonkeyPatch):
    events: list[str] = []

    class Load:
        def __init__(self, count: int) -> None:
            self.count = count

        def __enter__(self) -> None:
            events.append(f"{self.count} cores are busy")

        def __exit__(self, *_: object) -> None:
            events.append("cores are free")

    monkeypatch.setattr(stability, "busy_cores", Load)
    other = replace(SNIPPET, slug="tea/pour", place="snippets/tea/pour.py")

    def run(snippets: Sequence[Snippet]) -> list[Recording | Problem]:
        events.append("run")
        late = "cores" in " ".join(events)
        failed = Problem(other.place, None, "it hung."), Problem(other.place, None, "it also left a child.")
        return [recorded("late tea" if late else "tea"), *(failed if late else ())]

    done: list[int] = []
    tea, pour = watch([SNIPPET, other], {SNIPPET.slug: COMMAND + "tea\n"}, run, runs=5, cores=2, progress=done.append)
    assert events == ["run", "run", "run", "2 cores are busy", "run", "run", "cores are free"]
    assert done == [1, 2, 3, 4, 5]
    assert (tea.runs, tea.drifted, tea.drifted_busy) == (5, 2, 2)
    assert (pour.runs, pour.failures) == (2, (Problem(other.place, None, "it hung."),) * 2)


def test_cores_are_free_again_whatever_happens():
    with busy_cores(2) as spinning:
        assert [process.poll() for process in spinning] == [None, None]
    assert all(process.poll() is not None for process in spinning)
    with pytest.raises(KeyboardInterrupt), busy_cores(1) as spinning:
        raise KeyboardInterrupt
    assert spinning[0].poll() is not None
    with busy_cores(0) as spinning:
        assert spinning == []


def test_cores_are_free_again_where_one_could_not_be_made_busy(monkeypatch: pytest.MonkeyPatch):
    started: list[subprocess.Popen[bytes]] = []

    def popen(*args: object, **options: object) -> subprocess.Popen[bytes]:
        if started:
            raise OSError("no more processes")
        started.append(real(*args, **options))
        return started[0]

    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(OSError, match="no more processes"), busy_cores(2):
        pass
    assert started[0].poll() is not None


def test_cores_are_free_again_when_we_are_killed():
    code = (
        "from runnable.stability import busy_cores\n"
        "with busy_cores(1) as spinning:\n"
        "    print(spinning[0].pid, flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as ours:
        assert ours.stdout is not None
        spinning = psutil.Process(int(ours.stdout.readline()))
        ours.kill()
    _, alive = psutil.wait_procs([spinning], timeout=60)
    assert alive == []
