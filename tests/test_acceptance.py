"""What `make accept` writes."""

from __future__ import annotations

import random

import pytest

from runnable import comparison
from runnable.acceptance import accepted
from runnable.difference import drift
from runnable.transcript import Pattern, Transcript, printed

from .tea import ANY, COMMAND, DONE, MANY, OUT, SNIPPET, kept, program, recorded, some_items, some_lines


def test_accepting_a_first_transcript():
    assert accepted(SNIPPET, None, recorded("tea")) == f"{COMMAND}tea\n"


def test_accepting_keeps_what_fits():
    old = "took [..] s\n[...]\n2> [..]:5: Warning\nold\nid [..]\n#: exit 1\n"
    lines = ["took 1 s", "x", "y", "2> brew.py:5: Warning", "new", "id 7"]
    assert kept(old, *lines) == "took [..] s\n[...]\n2> [..]:5: Warning\nnew\nid [..]\n"


def test_accepting_keeps_a_transcript_that_fits_as_it_is():
    old = f"[..]\n{ANY}b\na\n{DONE}[...]\n2> [...]\n"
    assert kept(old, "x", "a", "b", "c") == old


def test_accepting_moves_wildcards_along_with_a_line_that_was_reworded():
    assert kept("0x[..] finished in [..] ms\n", "0xabc ended in 12 ms") == "0x[..] ended in [..] ms\n"
    assert kept("Task-[..]: done\n", "Task-3: is done") == "Task-[..]: is done\n"
    assert kept("done after [..]\n", "ready after 3 s") == "ready after [..]\n"
    assert kept("took [..] s\n", "all is well") == "all is well\n"


def test_accepting_does_not_spread_a_wildcard_over_what_was_checked():
    assert kept("Ann waits [..] s\nBob\n", "Ann and Bob wait", "Bob") == "Ann and Bob wait\nBob\n"


def test_accepting_follows_a_renamed_program():
    old = f"{COMMAND}took [..] s\n"
    new = accepted(program("snippets/tea/pour.py"), old, recorded("took 1 s"))
    assert new == "$ python snippets/tea/pour.py\ntook [..] s\n"


def test_accepting_keeps_free_order():
    old = f"start\n{ANY}Ann [..]\nBob waits 1 [..]\nCid\n[...]\n{DONE}end\n"
    lines = ["start", "Dan", "Bob waits 2 s", "Ann waits", "end", "bye"]
    assert kept(old, *lines) == f"start\n{ANY}Ann [..]\nBob waits 2 [..]\n[...]\n{DONE}end\nbye\n"


def test_accepting_does_not_pin_an_order_of_streams_that_is_not_known():
    assert kept("a\n2> x\nb\n2> y\n", "a", "b", "2> x", "2> z", ordered=False) == "a\n2> x\nb\n2> z\n"
    assert kept("a\n2> x\nb\n2> y\n", "a", "b", "2> x", "2> z") == "a\nb\n2> x\n2> z\n"


def test_accepting_keeps_any_lines_on_both_sides_of_a_new_one():
    assert kept("2> [...]\nend\n", "2> x", "new", "2> y", "end") == "2> [...]\nnew\n2> [...]\nend\n"


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("seed", range(20))
def test_what_was_accepted_never_drifts_and_is_not_changed_again(seed: int, ordered: bool):
    chance = random.Random(seed)
    for _ in range(150):
        old = str(Transcript("python old.py", tuple(some_items(chance)), chance.choice(["", "exit 1"])))
        recording = recorded(*some_lines(chance, 9), exit=chance.choice([0, 1]))
        new = accepted(SNIPPET, old, recording, ordered=ordered)
        assert drift(SNIPPET, new, recording, ordered=ordered) is None, (old, new)
        assert accepted(SNIPPET, new, recording, ordered=ordered) == new
        before, after = Transcript.parse(old, OUT), Transcript.parse(new, OUT)
        if comparison.fits(before.items, printed(recording), ordered=ordered):
            assert after.items == before.items
        else:
            assert str(drift(SNIPPET, old, recording, ordered=ordered)).startswith(f"{OUT}:1: the ")
        for item in before.items:
            if not isinstance(item, Pattern):
                assert item in after.items, (old, new, recording.lines)


# Large inputs. There is no time limit in these but the one of every test; what is quadratic would exceed it.


@pytest.mark.parametrize("seed", range(3))
def test_large_outputs_that_drift(seed: int):
    chance = random.Random(seed)
    lines = [f"{n} took {n * 7 % 13} ms" for n in range(MANY)]
    old = "".join(f"{n} took [..] ms\n" if n % 3 else f"{line}\n" for n, line in enumerate(lines))
    for _ in range(50):
        lines[chance.randrange(MANY)] = "something else"
        del lines[chance.randrange(len(lines))]
    recording = recorded(*lines)
    assert drift(SNIPPET, COMMAND + old, recording) is not None
    new = accepted(SNIPPET, COMMAND + old, recording)
    assert drift(SNIPPET, new, recording) is None
    # All but the lines that changed have kept their wildcards.
    assert new.count("[..]") > old.count("[..]") - 100


@pytest.mark.parametrize(
    "old",
    [
        "tick\ntock\n" * (MANY // 2),
        "".join(f"{n}\n" for n in range(MANY)),
        "[..]\n[...]\n" * (MANY // 2) + "end\n",
        "".join(f"[..]{n}[..]\n" for n in range(MANY)),
        ANY + "".join(f"[..]{n}[..]\n" for n in range(MANY)),
        ANY + "".join(f"old {n} [..]\n" for n in range(MANY)),
        "[...]\n" + ANY + "tick\n" * (MANY // 2),
        "2> [...]\ntick\n" * (MANY // 2),
    ],
    ids=["two lines", "all else", "any lines", "wild", "wild and free", "alike and free", "window", "stderr"],
)
def test_large_outputs_against_transcripts_that_make_it_hard(old: str):
    recording = recorded(*(f"{'tick' if n % 2 else n} of 1234567890 old" for n in range(MANY)))
    assert drift(SNIPPET, COMMAND + old, recording) is not None
    new = accepted(SNIPPET, COMMAND + old, recording)
    assert drift(SNIPPET, new, recording) is None
    assert accepted(SNIPPET, new, recording) == new
