from __future__ import annotations

import random
import signal
from itertools import permutations
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from runnable.header import Header
from runnable.problem import Problem, ProblemsError
from runnable.recording import Recording, Write
from runnable.snippet import Snippet
from runnable.transcript import (
    AnyLines,
    Directive,
    FreeOrder,
    Pattern,
    Printed,
    TooHardError,
    Transcript,
    accepted,
    drift,
    ending,
    printed,
    render,
    visible,
)

PLACE = "snippets/tea/brew.py"
OUT = "snippets/tea/brew.out"
COMMAND = f"$ python {PLACE}\n"


def program(place: str = PLACE, requires_python: str = ">=3.11") -> Snippet:
    return Snippet(
        slug=place.removeprefix("snippets/").removesuffix(".py"),
        path=Path(place),
        place=place,
        source="",
        header=Header(requires_python=SpecifierSet(requires_python)),
        header_lines=range(0),
        sections={},
        marker_lines=frozenset(),
    )


SNIPPET = program()


def recorded(*writes: str, exit: int = 0) -> Recording:
    """A recording that wrote these, each a line; those that begin with `2> ` on stderr."""
    pieces = [Write(0.0, "err", w[3:] + "\n") if w.startswith("2> ") else Write(0.0, "out", w + "\n") for w in writes]
    return of_writes(*pieces, exit=exit)


def of_writes(*writes: Write, exit: int = 0) -> Recording:
    return Recording(
        slug=SNIPPET.slug, digest="", key="", interpreter="CPython 3.11.7", exit=exit, seconds=1.0, writes=writes
    )


def parsed(text: str) -> Transcript:
    return Transcript.parse(COMMAND + text, OUT)


def problems(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as raised:
        Transcript.parse(text, OUT)
    return [str(problem) for problem in raised.value.problems]


def fits(text: str, *lines: str, ordered: bool = True) -> bool:
    return parsed(text).fits(printed(recorded(*lines)), ordered=ordered)


def drifted(text: str | None, *lines: str, exit: int = 0, ordered: bool = True) -> str:
    whole = None if text is None else COMMAND + text
    problem = drift(SNIPPET, whole, recorded(*lines, exit=exit), ordered=ordered)
    return str(problem)


def kept(old: str, *lines: str, exit: int = 0, ordered: bool = True) -> str:
    new = accepted(SNIPPET, COMMAND + old, recorded(*lines, exit=exit), ordered=ordered)
    assert new.startswith(COMMAND)
    return new.removeprefix(COMMAND)


# The format.


def test_a_transcript_reads_as_what_a_terminal_showed():
    recording = recorded("chopping onions", "2> brew.py:5: RuntimeWarning: never awaited", "2> ", "", "done", exit=1)
    assert render(SNIPPET, recording) == (
        "$ python snippets/tea/brew.py\n"
        "chopping onions\n"
        "2> brew.py:5: RuntimeWarning: never awaited\n"
        "2>\n"
        "\n"
        "done\n"
        "#: exit 1\n"
    )


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("$ ls", "\\$ ls"),
        ("$", "$"),
        ("2>", "\\2>"),
        ("2>1", "\\2>1"),
        ("#: exit 1", "\\#: exit 1"),
        ("#:", "\\#:"),
        ("# a comment", "# a comment"),
        ("[...]", "\\[...]"),
        ("[[...]]", "[[...]]"),
        ("waiting [..] s", "waiting [\\..] s"),
        ("waiting [\\..] s", "waiting [\\\\..] s"),
        ("\\", "\\\\"),
        ("\\[...]", "\\\\[...]"),
        ("C:\\temp", "C:\\temp"),
        ("2> ", "2>"),  # stderr from here on
        ("2> [...]", "2> \\[...]"),
        ("2> \\", "2> \\\\"),
        ("2> $ ls", "2> $ ls"),
        ("2> #: exit 1", "2> #: exit 1"),
        ("2> 2> x", "2> 2> x"),
        ("2> [..]", "2> [\\..]"),
    ],
)
def test_lines_that_would_be_misread_are_escaped(line: str, written: str):
    stream = Printed("err", line[3:]) if line.startswith("2> ") else Printed("out", line)
    assert str(Pattern.exactly(stream)) == written
    assert parsed(f"{written}\n").items == (Pattern.exactly(stream),)


def test_what_a_terminal_or_an_editor_would_act_on_is_visible():
    assert visible("\x1b[31mred\x1b[0m\0\x07\x7f\tx\x85") == "␛[31mred␛[0m␀␇␡\tx<U+0085>"
    assert visible("user\u202egnp.exe \u2066 \ufeff \u200b \u2028 \udc80 \U000e0041") == (
        "user<U+202E>gnp.exe <U+2066> <U+FEFF> <U+200B> <U+2028> <U+DC80> <U+E0041>"
    )
    assert visible("naïve 東京 👩\u200d💻 · –") == "naïve 東京 👩\u200d💻 · –"


def test_a_line_that_was_drawn_over_and_blanks_at_the_end_are_visible():
    recording = of_writes(Write(0, "out", " 10 %\r100 %\nname? \n \t\n"), Write(0, "out", "one\ttwo"))
    assert render(SNIPPET, recording) == COMMAND + " 10 %␍\n100 %\nname?␠\n␠␉\none\ttwo\n"


def test_no_line_of_a_transcript_ends_in_a_blank_or_is_an_empty_last_one():
    assert render(SNIPPET, recorded("", "")) == COMMAND + "\n\\\n"
    assert render(SNIPPET, recorded("2> ")) == COMMAND + "2>\n"
    assert render(SNIPPET, recorded("", exit=1)) == COMMAND + "\n#: exit 1\n"
    assert parsed("\n\\\n").items == (Pattern("out", ("",)), Pattern("out", ("",)))


def test_a_program_that_prints_nothing_has_a_transcript_of_one_line():
    assert render(SNIPPET, recorded()) == COMMAND
    assert drift(SNIPPET, COMMAND, recorded()) is None


def test_how_a_program_ended():
    assert [ending(status) for status in (0, 1, 255, -signal.SIGINT, -63)] == [
        "",
        "exit 1",
        "exit 255",
        "signal SIGINT",
        "signal 63",
    ]
    assert render(SNIPPET, recorded("x", exit=-signal.SIGTERM)) == COMMAND + "x\n#: signal SIGTERM\n"
    assert parsed("#: exit 0\n").ending == ""
    assert parsed(f"#: signal {int(signal.SIGTERM)}\n").ending == "signal SIGTERM"
    assert parsed("#: signal SIGKILL\n").ending == "signal SIGKILL"


@pytest.mark.parametrize(
    ("requires_python", "python"),
    [
        (">=3.11", "python"),
        (">=3.9", "python"),
        (">=3.11.4", "python"),
        ("<3.13", "python"),
        (">=3.12", "python3.12"),
        (">=3.12.4", "python3.12"),
        ("~=3.13", "python3.13"),
        ("==3.14.*", "python3.14"),
        (">=3.15", "python3.15"),
        (">=3.11,!=3.11.*", "python3.12"),
        ("<3.11", "python"),
    ],
)
def test_the_command_names_the_python_that_a_program_needs(requires_python: str, python: str):
    assert program(requires_python=requires_python).command == f"{python} {PLACE}"


NASTY = ["[..]", "[...]", "[\\..]", "\\", "$ ", "2>", "2> ", "#:", "#: exit 1", "\r", "\n", "\t", " ", "  ", "\x1b[2J"]
NASTY += ["[", "]", ".", "..", "\0", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\udcff", "é", "␠", "␍", "a", "b"]
NASTY += ["#: lines in any order", "#: lines in order", "$ python x.py", "<U+202E>", "\x0b", "\x0c", "\x1c"]


def nasty_writes(chance: random.Random) -> tuple[Write, ...]:
    return tuple(
        Write(0.0, chance.choice(["out", "err"]), "".join(chance.choices(NASTY, k=chance.randrange(1, 9))))
        for _ in range(chance.randrange(6))
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_transcript_of_any_output_fits_it_and_is_safe_to_keep(seed: int):
    chance = random.Random(seed)
    for _ in range(200):
        status = chance.choice([0, 0, 1, -9])
        recording = of_writes(*nasty_writes(chance), exit=status)
        text = render(SNIPPET, recording)
        transcript = Transcript.parse(text, OUT)
        assert transcript.fits(printed(recording))
        assert transcript == Transcript.of(SNIPPET, recording)
        assert transcript.lines == printed(recording)
        assert str(transcript) == text
        assert drift(SNIPPET, text, recording) is None
        assert drift(SNIPPET, text, recording, ordered=False) is None
        assert accepted(SNIPPET, text, recording) == text
        # An editor and git may do their worst.
        assert text.encode().decode() == text
        assert "\r" not in text
        assert all(row == row.rstrip() for row in text.split("\n"))
        assert text.endswith("\n") and not text.endswith("\n\n")
        assert drift(SNIPPET, "\ufeff" + text.replace("\n", "\r\n").removesuffix("\r\n"), recording) is None


@pytest.mark.parametrize("seed", range(10))
def test_outputs_that_look_different_do_not_fit_each_others_transcripts(seed: int):
    chance = random.Random(seed)
    for _ in range(200):
        one, other = of_writes(*nasty_writes(chance)), of_writes(*nasty_writes(chance))
        same = printed(one) == printed(other)
        assert (drift(SNIPPET, render(SNIPPET, one), other) is None) is same


def test_lines_are_what_a_reader_may_be_shown():
    assert parsed("took [..] s\n#: lines in any order\n2> oh\n[...]\n2> [...]\n\\$ ls\n").lines == [
        Printed("out", "took [..] s"),
        Printed("err", "oh"),
        Printed("out", "[...]"),
        Printed("err", "[...]"),
        Printed("out", "$ ls"),
    ]


# Transcripts written by hand.


@pytest.mark.parametrize(
    "text",
    [
        f"{COMMAND}tea  [..]\n2> oh\n[...]\n#: exit 1\n".replace("\n", "\r\n"),
        f"\ufeff{COMMAND}tea  [..]\n2> oh\n[...]\n#: exit 1\n",
        f"{COMMAND}tea  [..]\n2> oh\n[...]\n#: exit 1",
        f"{COMMAND.rstrip()}  \ntea  [..]\n2> oh\n[...] \n#:   exit 1 \t\n",
        f"{COMMAND}tea  [..]\r2> oh\r[...]\r#: exit 1\r",
    ],
    ids=["CRLF", "byte order mark", "no newline at the end", "blanks", "CR"],
)
def test_harmless_traces_of_editors_are_let_pass(text: str):
    recording = recorded("tea  42", "2> oh", "and more", exit=1)
    assert drift(SNIPPET, text, recording) is None
    assert accepted(SNIPPET, text, recording) == f"{COMMAND}tea  [..]\n2> oh\n[...]\n#: exit 1\n"


def test_a_control_character_pasted_as_it_is_means_its_picture():
    assert fits("\x1b[1mbold\x1b[0m \n", "\x1b[1mbold\x1b[0m ")


def test_an_empty_transcript():
    assert problems("") == ["snippets/tea/brew.out: the transcript is empty. Run “make accept” to make it anew."]


def test_a_transcript_without_its_command():
    assert problems("tea\n") == [
        "snippets/tea/brew.out:1: the first line must be the command, as in “$ python snippets/tea/brew.py”. "
        "Correct it, or run “make accept” to make the transcript anew."
    ]


def test_a_second_command():
    assert problems(f"{COMMAND}tea\n$ ls\n") == [
        "snippets/tea/brew.out:3: only the first line may be a command. Delete this one. "
        "If the program prints this line, put a backslash before it."
    ]


def test_an_unknown_directive():
    assert problems(f"{COMMAND}#: line in any order\n#: nonsense\x1b \n#:exit one\n") == [
        "snippets/tea/brew.out:2: unknown directive “#: line in any order”. Did you mean “#: lines in any order”? "
        "Known: “#: lines in any order”, “#: lines in order”, “#: exit 1” and “#: signal SIGKILL”. "
        "If the program prints this line, put a backslash before it.",
        "snippets/tea/brew.out:3: unknown directive “#: nonsense␛”. "
        "Known: “#: lines in any order”, “#: lines in order”, “#: exit 1” and “#: signal SIGKILL”. "
        "If the program prints this line, put a backslash before it.",
        "snippets/tea/brew.out:4: unknown directive “#:exit one”. Did you mean “#: exit 1”? "
        "Known: “#: lines in any order”, “#: lines in order”, “#: exit 1” and “#: signal SIGKILL”. "
        "If the program prints this line, put a backslash before it.",
    ]


def test_an_exit_status_that_is_not_the_last_line():
    assert problems(f"{COMMAND}#: exit 1\ntea\n#: exit 2\n#: exit 3\n") == [
        "snippets/tea/brew.out:2: “#: exit 1” must be the last line. Move it to the end, or delete it.",
        "snippets/tea/brew.out:4: “#: exit 2” must be the last line. Move it to the end, or delete it.",
    ]


def test_directives_that_change_nothing():
    text = f"{COMMAND}#: lines in order\n#: lines in any order\na\n#: lines in any order\n#: lines in order\n"
    assert problems(text) == [
        "snippets/tea/brew.out:2: “#: lines in order” changes nothing: lines are in order here. Delete it.",
        "snippets/tea/brew.out:5: “#: lines in any order” changes nothing: their order is free since line 3. "
        "Delete it.",
    ]


def test_stderr_without_a_blank():
    assert problems(f"{COMMAND}2>oh\n") == [
        "snippets/tea/brew.out:2: a line on stderr is written with a blank after “2>”. Add it. "
        "If the program prints this line, put a backslash before it."
    ]


def test_a_transcript_that_cannot_be_read_is_one_problem_with_all_that_is_wrong():
    assert drift(SNIPPET, "tea\n2>oh\n", recorded("tea")) == Problem(
        OUT,
        1,
        "the first line must be the command, as in “$ python snippets/tea/brew.py”. "
        "Correct it, or run “make accept” to make the transcript anew.",
        "snippets/tea/brew.out:2: a line on stderr is written with a blank after “2>”. Add it. "
        "If the program prints this line, put a backslash before it.",
    )
    assert accepted(SNIPPET, "tea\n2>oh\n", recorded("tea")) == f"{COMMAND}tea\n"


# Wildcards.


@pytest.mark.parametrize(
    ("pattern", "line", "yes"),
    [
        ("took [..] s", "took 1.5 s", True),
        ("took [..] s", "took  s", True),
        ("took [..] s", "took s", False),
        ("took [..] s", "it took 1 s", False),
        ("took [..] s", "took 1 s.", False),
        ("[..]", "", True),
        ("[..]", "2> x", False),
        ("2> [..]", "2> x", True),
        ("2> [..]", "x", False),
        ("a[..]a", "a", False),
        ("a[..]a", "aa", True),
        ("[..]ab[..]ab[..]", "xabyab", True),
        ("[..]ab[..]ab[..]", "xaby", False),
        ("[..]ab[..]b", "ab", False),
        ("[..]a[..]ab", "aab", True),
        ("[\\..] [..]", "[..] x", True),
        ("[\\..] [..]", "x x", False),
        ("name?[..]", "name? ", True),
    ],
)
def test_a_wildcard_stands_for_any_text_within_a_line(pattern: str, line: str, yes: bool):
    assert fits(f"{pattern}\n", line) is yes


def test_many_wildcards_in_a_line_do_not_multiply_the_work():
    # A regular expression would try every way to cut the line: more than the age of the universe allows.
    assert not fits("[..]a" * 500 + "b\n", "a" * 100_000)
    assert fits("[..]a" * 500 + "\n", "a" * 100_000)


@pytest.mark.parametrize(
    ("text", "lines", "yes"),
    [
        ("[...]\n", [], True),
        ("[...]\n", ["a", "2> b"], True),
        ("2> [...]\n", ["2> a", "2> b"], True),
        ("2> [...]\n", ["2> a", "b"], False),
        ("a\n[...]\nb\n", ["a", "b"], True),
        ("a\n[...]\nb\n", ["a", "b", "x", "b"], True),
        ("a\n[...]\nb\n", ["a", "b", "x"], False),
        ("a\n2> [...]\nb\n2> [...]\n", ["a", "2> x", "b", "2> y"], True),
        ("a\n2> [...]\nb\n", ["a", "x", "b"], False),
        ("[...]\na\n2> [...]\n[..]\nb\n", ["a", "a", "2> x", "a", "b"], True),
        ("[...]\n[...]\n", ["a"], True),
    ],
)
def test_a_wildcard_alone_stands_for_any_number_of_lines(text: str, lines: list[str], yes: bool):
    assert fits(text, *lines) is yes


ANY = "#: lines in any order\n"
DONE = "#: lines in order\n"


@pytest.mark.parametrize(
    ("text", "lines", "yes"),
    [
        (f"{ANY}a\nb\n", ["b", "a"], True),
        (f"{ANY}a\nb\n", ["b", "b"], False),
        (f"{ANY}a\na\nb\n", ["a", "b", "a"], True),
        (f"{ANY}a\n", ["a", "a"], False),
        (f"{ANY}a\n2> a\n", ["2> a", "a"], True),
        (f"{ANY}a\n2> a\n", ["a", "a"], False),
        (f"start\n{ANY}a\nb\n{DONE}end\n", ["start", "b", "a", "end"], True),
        (f"start\n{ANY}a\nb\n{DONE}end\n", ["b", "start", "a", "end"], False),
        (f"{ANY}a\nb\n{DONE}{ANY}c\nd\n", ["b", "a", "d", "c"], True),
        (f"{ANY}a\nb\n{DONE}{ANY}c\nd\n", ["c", "a", "d", "b"], False),
        # Whoever takes the first line that fits goes wrong here.
        (f"{ANY}[..]\n[..]b\na[..]\n", ["ab", "b", "a"], True),
        (f"{ANY}[..]a[..]\n[..]b[..]\n[..]c[..]\n", ["abc", "ab", "a"], True),
        (f"{ANY}[..]a[..]\n[..]b[..]\n[..]c[..]\n", ["abc", "b", "b"], False),
        (f"{ANY}[..]a[..]\n[..]b[..]\n[..]c[..]\n", ["abc", "a", "a"], False),
        (f"{ANY}a[..]\nab\n", ["ab", "ab"], True),
        (f"{ANY}a\n[...]\n", ["x", "a", "2> y"], True),
        (f"{ANY}a\n2> [...]\n", ["2> x", "a", "2> y"], True),
        (f"{ANY}a\n2> [...]\n", ["2> x", "a", "y"], False),
        (f"{ANY}a\n2> [...]\n{DONE}2> z\n", ["2> x", "a", "2> z", "2> z"], True),
        (f"[...]\n{ANY}a\nb\n{DONE}c\n", ["b", "a", "a", "b", "a", "c"], True),
        (f"{ANY}{DONE}a\n", ["a"], True),
        (ANY, [], True),
    ],
)
def test_lines_in_any_order(text: str, lines: list[str], yes: bool):
    assert fits(text, *lines) is yes


@pytest.mark.parametrize("seed", range(10))
def test_a_row_of_lines_is_found_among_many(seed: int):
    chance = random.Random(seed)
    found = 0
    for _ in range(50):
        lines = chance.choices("abc", k=100)
        row = chance.choices("abc", k=4)
        expected = "".join(row) in "".join(lines)
        found += expected
        for wild in ("", "[..]"):
            wanted = "".join(f"{wild}{line}\n" for line in row)
            assert fits(f"[...]\n{wanted}[...]\n", *lines) is expected
    assert 0 < found < 50


def by_brute_force(parts: list[Pattern | AnyLines | FreeOrder], lines: list[Printed]) -> bool:
    """Whether parts describe lines, by trying everything."""
    if not parts:
        return not lines
    part, rest = parts[0], parts[1:]
    if isinstance(part, Pattern):
        return bool(lines) and part.matches(lines[0]) and by_brute_force(rest, lines[1:])
    for end in range(len(lines) + 1):
        head = lines[:end]
        if isinstance(part, AnyLines):
            ok = all(part.takes(line.stream) for line in head)
        else:
            patterns = [item for item in part.items if isinstance(item, Pattern)]
            ok = len(head) >= len(patterns) and any(
                all(pattern.matches(line) for pattern, line in zip(patterns, order, strict=False))
                and all(part.takes(line.stream) for line in order[len(patterns) :])
                for order in permutations(head)
            )
        if ok and by_brute_force(rest, lines[end:]):
            return True
    return False


def some_items(chance: random.Random) -> list[Pattern | AnyLines | Directive]:
    pieces = [("a",), ("b",), ("ab",), ("", ""), ("a", ""), ("", "b"), ("", "a", "")]
    items: list[Pattern | AnyLines | Directive] = []
    free = False
    for _ in range(chance.randrange(7)):
        kind = chance.random()
        if kind < 0.2:
            free = not free
            items.append(Directive("lines in any order" if free else "lines in order"))
        elif kind < 0.4:
            items.append(AnyLines(only_stderr=chance.random() < 0.5))
        else:
            items.append(Pattern("err" if chance.random() < 0.25 else "out", chance.choice(pieces)))
    return items


def gathered(items: list[Pattern | AnyLines | Directive]) -> list[Pattern | AnyLines | FreeOrder]:
    parts: list[Pattern | AnyLines | FreeOrder] = []
    inside: list[Pattern | AnyLines] | None = None
    for item in [*items, Directive("lines in order")]:
        if isinstance(item, Directive):
            if inside is not None:
                parts.append(FreeOrder(item, tuple(inside), None))
            inside = [] if item.text == "lines in any order" else None
        elif inside is None:
            parts.append(item)
        else:
            inside.append(item)
    return parts


def some_lines(chance: random.Random, most: int = 6) -> list[str]:
    stream = ["", "", "2> "]
    return [chance.choice(stream) + chance.choice(["a", "b", "ab", "ba", "c"]) for _ in range(chance.randrange(most))]


@pytest.mark.parametrize("seed", range(20))
def test_comparing_agrees_with_trying_everything(seed: int):
    chance = random.Random(seed)
    found = 0
    for _ in range(150):
        items, lines = some_items(chance), printed(recorded(*some_lines(chance)))
        transcript = Transcript("python x.py", tuple(items))
        expected = by_brute_force(gathered(items), lines)
        found += expected
        assert transcript.fits(lines) is expected, (str(transcript), lines)
        assert Transcript.parse(str(transcript), OUT).fits(lines) is expected
        if expected:
            assert transcript.fits(lines, ordered=False)
    assert found > 5


def test_streams_are_compared_separately_where_their_order_is_not_known():
    text = "a\n2> x\nb\n2> y\n"
    assert not fits(text, "a", "b", "2> x", "2> y")
    assert fits(text, "a", "b", "2> x", "2> y", ordered=False)
    assert not fits(text, "b", "a", "2> x", "2> y", ordered=False)
    assert fits("a\n[...]\n2> y\n", "2> x", "2> y", "a", "b", ordered=False)
    assert not fits("a\n2> [...]\n", "2> x", "a", "b", ordered=False)
    assert fits(f"{ANY}a\n2> x\n{DONE}b\n", "a", "b", "2> x", ordered=False)


# Drift.


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


# Accepting.


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
        if before.fits(printed(recording), ordered=ordered):
            assert after.items == before.items
        else:
            assert str(drift(SNIPPET, old, recording, ordered=ordered)).startswith(f"{OUT}:1: the ")
        for item in before.items:
            if not isinstance(item, Pattern):
                assert item in after.items, (old, new, recording.lines)


# Large inputs. There is no time limit in these but the one of every test; what is quadratic would exceed it.

MANY = 20_000


def test_large_outputs_that_fit():
    numbered = [f"{n} took {n * 7 % 13} ms" for n in range(MANY)]
    assert fits("".join(f"{n} took [..] ms\n" for n in range(MANY)), *numbered)
    assert fits(ANY + "".join(f"{n} took [..] ms\n" for n in range(0)) + "[..] took [..] ms\n" * MANY, *numbered)
    assert fits("[...]\n" + "tick\n" * (MANY // 2) + "[...]\nend\n", *["tick"] * (MANY - 1), "end")
    assert not fits("[...]\n" + "[..]\n" * MANY + "[...]\nend\n", *["tick"] * (MANY - 1), "end")
    assert fits(ANY + "".join(f"{line}\n" for line in sorted(numbered)), *numbered)


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


def test_what_cannot_be_decided_in_reasonable_time_is_said():
    chance = random.Random(1)
    patterns = ["[..]".join(["", *chance.choices("abcdefgh", k=3), ""]) for _ in range(3000)]
    lines = ["".join(chance.choices("abcdefgh", k=12)) for _ in range(3000)]
    text = ANY + "".join(f"{pattern}\n" for pattern in patterns)
    with pytest.raises(TooHardError):
        fits(text, *lines)
    assert drifted(text, *lines) == (
        "snippets/tea/brew.out: this takes too long to compare: too many lines with wildcards may stand for "
        "one another. Put one “[...]” in place of some of them."
    )
    assert kept(text, *lines) == "".join(f"{line}\n" for line in lines)
