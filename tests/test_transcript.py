"""The format: written and read back, by programs and by hand."""

from __future__ import annotations

import random
import signal

import pytest

from runnable import comparison
from runnable.acceptance import accepted
from runnable.difference import drift
from runnable.problem import Problem, ProblemsError
from runnable.recording import Write
from runnable.transcript import Pattern, Printed, Transcript, ending, printed, render
from runnable.visible import visible

from .tea import COMMAND, OUT, PLACE, SNIPPET, fits, of_writes, parsed, program, recorded


def problems(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as raised:
        Transcript.parse(text, OUT)
    return [str(problem) for problem in raised.value.problems]


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
        assert comparison.fits(transcript.items, printed(recording))
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
