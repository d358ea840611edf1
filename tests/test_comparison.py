"""Whether an output fits a transcript: wildcards, lines in any order, two streams."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from runnable import comparison
from runnable.effort import TooHardError
from runnable.free_order import FreeOrder
from runnable.transcript import AnyLines, Directive, Pattern, Printed, Transcript, printed

from .tea import ANY, DONE, MANY, OUT, drifted, fits, kept, recorded, some_items, some_lines


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


@pytest.mark.parametrize("seed", range(20))
def test_comparing_agrees_with_trying_everything(seed: int):
    chance = random.Random(seed)
    found = 0
    for _ in range(150):
        items, lines = some_items(chance), printed(recorded(*some_lines(chance)))
        transcript = Transcript("python x.py", tuple(items))
        expected = by_brute_force(gathered(items), lines)
        found += expected
        assert comparison.fits(transcript.items, lines) is expected, (str(transcript), lines)
        assert comparison.fits(Transcript.parse(str(transcript), OUT).items, lines) is expected
        if expected:
            assert comparison.fits(transcript.items, lines, ordered=False)
    assert found > 5


def test_streams_are_compared_separately_where_their_order_is_not_known():
    text = "a\n2> x\nb\n2> y\n"
    assert not fits(text, "a", "b", "2> x", "2> y")
    assert fits(text, "a", "b", "2> x", "2> y", ordered=False)
    assert not fits(text, "b", "a", "2> x", "2> y", ordered=False)
    assert fits("a\n[...]\n2> y\n", "2> x", "2> y", "a", "b", ordered=False)
    assert not fits("a\n2> [...]\n", "2> x", "a", "b", ordered=False)
    assert fits(f"{ANY}a\n2> x\n{DONE}b\n", "a", "b", "2> x", ordered=False)


# Large inputs. There is no time limit in these but the one of every test; what is quadratic would exceed it.


def test_large_outputs_that_fit():
    numbered = [f"{n} took {n * 7 % 13} ms" for n in range(MANY)]
    assert fits("".join(f"{n} took [..] ms\n" for n in range(MANY)), *numbered)
    assert fits(ANY + "".join(f"{n} took [..] ms\n" for n in range(0)) + "[..] took [..] ms\n" * MANY, *numbered)
    assert fits("[...]\n" + "tick\n" * (MANY // 2) + "[...]\nend\n", *["tick"] * (MANY - 1), "end")
    assert not fits("[...]\n" + "[..]\n" * MANY + "[...]\nend\n", *["tick"] * (MANY - 1), "end")
    assert fits(ANY + "".join(f"{line}\n" for line in sorted(numbered)), *numbered)


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
