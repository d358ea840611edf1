"""How a drift reads."""

from __future__ import annotations

import signal

from runnable.difference import drift

from .tea import ANY, COMMAND, DONE, OUT, SNIPPET, drifted, program, recorded


def test_a_missing_transcript_is_shown_as_it_would_be():
    assert drifted(None, "tea", "2> oh", exit=3) == (
        "snippets/tea/brew.out: there is no transcript of snippets/tea/brew.py. "
        "Read what it printed, then keep it with “make accept”.\n"
        "    + $ python snippets/tea/brew.py\n"
        "    + tea\n"
        "    + 2> oh\n"
        "    + #: exit 3"
    )


def test_a_drift_is_a_diff_with_the_lines_of_the_transcript():
    text = "one\ntwo\n[..] three\nfour\nfive\n[...]\nseven\neight\nnine\nten\neleven\n2> twelve\n#: exit 1\n"
    lines = ["one", "two", "2 three", "four", "5", "more", "seven", "8", "nine", "ten", "eleven", "2> 12"]
    assert drifted(text, *lines) == (
        "snippets/tea/brew.out:6: the program no longer prints this. "
        "If that is right, run “make accept”; if not, correct snippets/tea/brew.py.\n"
        "    - the transcript\n"
        "    + what CPython 3.11.7 printed\n"
        "     ⋮\n"
        "     3   two\n"
        "     4   [..] three\n"
        "     5   four\n"
        "     6 - five\n"
        "     7   [...]\n"
        "     8   seven\n"
        "     9 - eight\n"
        "       + 8\n"
        "    10   nine\n"
        "    11   ten\n"
        "    12   eleven\n"
        "    13 - 2> twelve\n"
        "    14 - #: exit 1\n"
        "       + 2> 12"
    )


def test_lines_that_are_new_are_placed_before_the_line_that_follows():
    problem = drift(SNIPPET, f"{COMMAND}one\ntwo\n", recorded("one", "one and a half", "two"))
    assert problem is not None
    assert (problem.place, problem.line) == (OUT, 3)
    assert problem.details.splitlines()[2:] == [
        "1   $ python snippets/tea/brew.py",
        "2   one",
        "  + one and a half",
        "3   two",
    ]


def test_lines_that_are_new_at_the_end_are_placed_at_the_last_line():
    problem = drift(SNIPPET, f"{COMMAND}one\n", recorded("one", "#: exit 1", "2> [..]"))
    assert problem is not None
    assert problem.line == 2
    assert problem.details.splitlines()[-2:] == ["  + \\#: exit 1", "  + 2> [\\..]"]


def test_blanks_at_the_end_of_a_line_are_seen_in_the_diff():
    assert drifted("name?\n", "name? ").splitlines()[-2:] == ["    2 - name?", "      + name?␠"]


def test_only_the_exit_status_differs():
    assert drifted("tea\n", "tea", exit=-signal.SIGTERM).splitlines() == [
        "snippets/tea/brew.out:2: the program ended with signal SIGTERM, not with exit status 0. "
        "If that is right, run “make accept”; if not, correct snippets/tea/brew.py.",
        "    - the transcript",
        "    + what CPython 3.11.7 printed",
        "    1   $ python snippets/tea/brew.py",
        "    2   tea",
        "      + #: signal SIGTERM",
    ]
    assert drifted("tea\n#: exit 2\n", "tea", exit=1).splitlines()[-2:] == ["    3 - #: exit 2", "      + #: exit 1"]


def test_only_the_command_differs():
    problem = drift(program("snippets/tea/pour.py"), f"{COMMAND}tea\n", recorded("tea"))
    assert str(problem) == (
        "snippets/tea/pour.out:1: this is the transcript of another command. Run “make accept” to put it right.\n"
        "    - the transcript\n"
        "    + what CPython 3.11.7 printed\n"
        "    1 - $ python snippets/tea/brew.py\n"
        "      + $ python snippets/tea/pour.py\n"
        "    2   tea"
    )


def test_only_the_order_differs():
    assert drifted("pour\n[..] waits\nmilk\n", "Ann waits", "pour", "milk").splitlines()[0] == (
        "snippets/tea/brew.out:2: the same lines come in another order. "
        "If any order is right, put “#: lines in any order” above them; "
        "if only the new one is, run “make accept”; if neither, correct snippets/tea/brew.py."
    )


def test_any_lines_among_them_do_not_make_it_a_matter_of_order():
    assert drifted("[...]\npour\n", "pour", "milk").splitlines()[0] == (
        "snippets/tea/brew.out:3: the program no longer prints this. "
        "If that is right, run “make accept”; if not, correct snippets/tea/brew.py."
    )


def test_free_order_is_shown_in_the_order_of_the_transcript():
    text = f"start\n{ANY}Ann [..]\nBob waits 1\nCid\n{DONE}end\n"
    assert drifted(text, "start", "Dan", "Bob waits 2", "Ann waits", "end").splitlines()[3:] == [
        "    ⋮",
        "    2   start",
        "    3   #: lines in any order",
        "    4   Ann [..]",
        "    5 - Bob waits 1",
        "    6 - Cid",
        "      + Bob waits 2",
        "      + Dan",
        "    7   #: lines in order",
        "    8   end",
    ]


def test_streams_whose_order_is_not_known_are_shown_as_they_stand_in_the_transcript():
    text = "a\n2> x\nb\n2> y\nc\n"
    assert drifted(text, "a", "b", "c", "2> x", "2> z", ordered=False).splitlines()[3:] == [
        "    ⋮",
        "    2   a",
        "    3   2> x",
        "    4   b",
        "    5 - 2> y",
        "      + 2> z",
        "    6   c",
    ]


def test_a_long_diff_is_cut_off():
    shown = drifted("".join(f"old {n}\n" for n in range(100)), *(f"new {n}" for n in range(100))).splitlines()
    assert len(shown) == 1 + 2 + 60 + 1
    assert shown[-1] == "    … and 141 more lines"


def test_a_long_line_is_cut_off_around_the_difference():
    shown = drifted(f"{'x' * 1000} one {'y' * 1000}\n", f"{'x' * 1000} two {'y' * 1000}").splitlines()[-2:]
    assert shown == [
        f"    2 - …{'x' * 99} one {'y' * 96}… (904 more characters)",
        f"      + …{'x' * 99} two {'y' * 96}… (904 more characters)",
    ]


def test_a_diff_is_safe_in_a_terminal():
    problem = str(drift(SNIPPET, f"{COMMAND}\x1b[2Jold\u202e\n", recorded("\x1b[2Jnew\x07")))
    assert problem.splitlines()[-2:] == ["    2 - ␛[2Jold<U+202E>", "      + ␛[2Jnew␇"]
