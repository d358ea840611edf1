"""The timeline as HTML: what it says and to whom, that any text is shown safely, and that it stays small."""

from __future__ import annotations

import gzip
import math
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag

from runnable.sound import teaches
from runnable.timeline import MOST_TOLD, Timeline
from runnable.trace import Said, Step, Task, Trace
from tests.traces import kitchen, many, named, threads

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 40_000

HOSTILE = {
    "markup": "</title></svg><script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": '"\' onload=alert(1) x="',
    "entities": "&lt;&amp;&#60;&nbsp;",
    "control": "a\x00b\x1b[31mc\x07\r\nd\x85\u2028",
    "long": "x" * 10_000,
    "right to left": "\u202egnp.exe\u202c \u2067abc\u2069",
    "surrogates": "\ud800 and \udfff",
    "nothing": "",
    "blank": " \t ",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "scripts": "会議 👩\u200d💻 नमस्ते עברית",
    "placeholder": "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03",
}


def drawn(trace: Trace, seconds: float = 0.25, *, ident: str = "x.py-timeline", **settings: Any) -> str:
    axis = settings.pop("axis", 0.0)
    return Timeline(trace, seconds, settings.pop("name", "kitchen.py"), **settings).html(ident, axis)


def parsed(html: str) -> BeautifulSoup:
    """As a browser reads it; raises where the HTML has a mistake."""
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return BeautifulSoup(html, "html5lib")


def one(document: BeautifulSoup | Tag, selector: str) -> Tag:
    found = document.select(selector)
    assert len(found) == 1, (selector, found)
    return found[0]


def titles(document: BeautifulSoup) -> list[str]:
    return [title.get_text().replace("\u00a0", " ") for title in document.select(".tl title")]


def test_the_picture_says_what_it_is_in_a_title_and_in_sentences() -> None:
    picture = one(parsed(drawn(kitchen())), "svg.tl")
    assert (picture["role"], picture["aria-labelledby"]) == ("img", "x.py-timeline-title")
    assert picture["aria-describedby"] == "x.py-timeline-desc"
    assert one(picture, "[id='x.py-timeline-title']").get_text() == "Timeline of kitchen.py"
    assert one(picture, "desc").get_text().replace("\u00a0", " ") == (
        "3 tasks in 0.25 s. "
        "main: 2 turns, ran 0.3 ms in all, waited 0.20 s; ended at 0.210 s. "
        "soup: 2 turns, ran 0.2 ms in all, waited 0.20 s; failed with ValueError: no eggs at 0.210 s. "
        "bread: 2 turns, ran 0.2 ms in all, waited 0.20 s; was cancelled by soup at 0.210 s."
    ).replace("0.3 ms", "300 µs").replace("0.2 ms", "200 µs")


def test_each_part_has_its_details_in_a_title() -> None:
    found = titles(parsed(drawn(kitchen(), lines=[(0.0103, "out"), (0.0104, "out"), (0.2104, "err")])))
    for sentence in (
        "soup waits 0.20 s for sleep(0.2) at 0.010 s, line 5",
        "soup runs for 100 µs at 0.210 s",
        "main creates soup at 0.010 s",
        "bread wakes main at 0.210 s",
        "soup cancels bread at 0.210 s",
        "prints 1 line at 0.010 s",
        "writes to stderr 1 line at 0.210 s",
    ):
        assert sentence in found, found


def test_spans_carry_their_seconds_and_the_line_where_the_task_stands() -> None:
    waits = parsed(drawn(kitchen())).select(".tl-wait[data-l]")
    assert [(span["data-s"], span["data-e"], span["data-l"]) for span in waits] == [
        ("0.0103", "0.2103", "12"),
        ("0.0104", "0.21", "5"),
        ("0.0105", "0.2101", "5"),
    ]


def test_a_mark_of_output_says_which_lines_it_stands_for() -> None:
    lines = [(0.0103, "out"), (0.0103, "out"), (0.0104, "out"), (0.2104, "err"), (0.2106, "err")]
    document = parsed(drawn(kitchen(), lines=lines))
    assert [(mark["class"], mark["data-o"]) for mark in document.select(".tl-said[data-o]")] == [
        (["tl-said", "tl-err"], "3 4"),
        (["tl-said", "tl-out"], "0 1"),
        (["tl-said", "tl-out"], "2"),
    ]


def test_lanes_say_how_they_ended() -> None:
    labels = [label.get_text() for label in parsed(drawn(kitchen())).select(".tl-label text")]
    assert labels == ["mainTask-1", "soupcookValueError: no eggs", "breadcookcancelled by soup"]
    document = parsed(drawn(kitchen()))
    assert len(document.select(".tl-cross")) == len(document.select(".tl-barred")) == 1
    cut_off = Trace(
        (Task("a", "main", None, 0, 0.0),), (Step(0, 0, 0.1, "sleep(9)"),), notes=("The program was killed.",)
    )
    document = parsed(drawn(cut_off, 1.0))
    assert one(document, ".tl-ends").get_text() == "not ended"
    assert len(document.select(".tl-open")) == 1
    assert "a: 1 turn, ran 0.10 s in all, waited 0.90 s; had not ended" in titles(document)
    assert one(document, ".program-note").get_text() == "The program was killed."


def test_the_table_tells_the_same_in_order() -> None:
    table = one(parsed(drawn(kitchen(), lines=[(0.0103, "out")])), "table")
    rows = [[cell.get_text().replace("\u00a0", " ") for cell in row.select("td")] for row in table.select("tbody tr")]
    assert [cell.get_text() for cell in table.select("th[scope=col]")] == ["Second", "Who", "What"]
    assert rows[:5] == [
        ["0.010 s", "main", "runs for 200 µs at 0.010 s, line 12"],
        ["0.010 s", "main", "waits 0.20 s for TaskGroup at 0.010 s, line 12"],
        ["0.010 s", "soup", "runs for 100 µs at 0.010 s, line 5"],
        ["0.010 s", "soup", "prints"],
        ["0.010 s", "soup", "waits 0.20 s for sleep(0.2) at 0.010 s, line 5"],
    ]
    assert ["0.210 s", "soup", "failed with ValueError: no eggs at 0.210 s"] in rows
    assert rows[-1] == ["0.210 s", "main", "ended at 0.210 s"]


def test_a_long_table_ends_and_says_so() -> None:
    told = one(parsed(drawn(many(5), 10.0)), ".tl-told")
    assert len(told.select("tbody tr")) == MOST_TOLD
    assert re.fullmatch(r"\d+ more rows are left out\.", one(told, ".program-note").get_text())


def test_a_turn_that_blocks_stands_out_over_all_lanes_of_its_loop() -> None:
    tasks = (Task("a", "main", None, 0, 0.0, 1.0, "result"), Task("b", "main", None, 1, 0.0, 1.0, "result"))
    document = parsed(drawn(Trace(tasks, (Step(0, 0.2, 0.7),)), 1.0))
    column = one(document, ".tl-stall")
    assert (column["x"], column["width"]) == ("20%", "50%")
    heights = [float(column[name].removesuffix("em")) for name in ("y", "height")]
    lanes = [float(lane["y"].removesuffix("em")) for lane in document.select(".tl-lane")]
    assert heights[0] == lanes[0]
    assert heights[0] + heights[1] == pytest.approx(lanes[1]), "the other loop was not blocked"
    block = one(document, ".tl-picture .tl-block")
    assert "blocks 0.50\u00a0s" in block.get_text()
    assert "nothing else can run" in block.get_text()
    assert len(block.select("rect[fill^='url(#']")) == 1, "told apart without colour"


def test_short_turns_are_marks_that_do_not_claim_a_length() -> None:
    document = parsed(drawn(kitchen()))
    assert len(document.select(".tl-lane .tl-short")) == 6
    for mark in document.select(".tl-lane .tl-short line"):
        assert mark["x1"] == mark["x2"]
    assert "runs, too briefly for the scale" in one(document, ".tl-legend").get_text()


def test_only_signs_that_occur_are_explained() -> None:
    assert [sign.get_text() for sign in parsed(drawn(threads(), 1.0)).select(".tl-legend li")] == [
        "runs",
        "runs, too briefly for the scale",
        "blocks the loop for 50 ms or more",
        "waits",
        "a function on a thread or in a process",
        "waits for a free thread or process",
    ]
    said = one(parsed(drawn(kitchen())), ".tl-legend").get_text()
    assert "blocks" not in said
    assert "thread" not in said


def test_a_shared_axis_goes_on_after_the_end_of_the_shorter_run() -> None:
    document = parsed(drawn(kitchen(), 0.25, axis=1.0))
    picture = one(document, ".tl-picture")
    assert (picture["data-axis"], picture["data-end"]) == ("1.000000", "0.250000")
    assert one(document, ".tl-over rect")["x"] == "25%"
    assert [text.get_text() for text in document.select(".tl-grid text")][-1] == "1.0\u00a0s"
    assert document.select(".tl-wait[data-l]")[0].rect["width"] == "20%"


def test_where_all_happens_at_once_one_looks_closely_and_is_told() -> None:
    trace = Trace((Task("a", "main", None, 0, 0.5, 0.504, "result"),), (Step(0, 0.5, 0.501, ""), Step(0, 0.502, 0.504)))
    document = parsed(drawn(trace, 1.0))
    assert one(document, ".program-note").get_text().replace("\u00a0", " ") == (
        "The axis shows 0.500 s to 0.504 s, when there were tasks; the whole run took 1.00 s."
    )
    assert one(document, ".tl-picture")["data-start"] == "0.499840"


def test_a_fold_can_be_opened_and_shows_each_task() -> None:
    tasks = [Task("Task-1", "main", None, 0, 0.0, 1.0, "result")]
    tasks += [Task(f"Task-{n}", "work", 0, 0, 0.0, 1.0, "result") for n in range(2, 300)]
    document = parsed(drawn(Trace(tuple(tasks), (Step(5, 0.1, 0.2),)), 1.0))
    fold = one(document, "details.tl-unfolded")
    assert one(fold, "summary").get_text() == "295 more tasks, one by one"
    assert len(fold.select(".tl-row")) == 120
    assert one(fold, ".program-note").get_text() == "The first 120 are drawn; 175 more are in the lane above."
    assert "295 more tasks: at most 295 at once" in titles(document)


def test_no_task_is_said_to_be_none() -> None:
    assert [note.get_text() for note in parsed(drawn(Trace())).select(".program-note")] == ["No task was seen."]
    notes = parsed(drawn(Trace(notes=("The program was killed; its trace is gone.",)))).select(".program-note")
    assert [note.get_text() for note in notes] == ["The program was killed; its trace is gone.", "No task was seen."]


def shape(document: BeautifulSoup) -> list[str]:
    """The elements, but for those that are there only where a text fits."""
    return [tag.name for tag in document.find_all(True) if tag.name not in {"svg", "text", "tspan"}]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_is_shown_and_none_is_acted_upon(text: str) -> None:
    plain, html = drawn(named("name")), drawn(named(text), name=text, ident=f"{text[:50]}-timeline")
    html.encode("utf-8")
    document, expected = BeautifulSoup(html, "html5lib"), BeautifulSoup(plain, "html5lib")
    if text:
        assert shape(document) == shape(expected)
    for tag in document.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name in {"style", "href", "src"}], tag
    seen = document.get_text()
    acted_upon = "\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff"
    assert not re.search(f"[{acted_upon}]", seen)
    if text.strip() and len(text) < 40 and "\n" not in text and text.isprintable():
        assert text in seen
    if len(text) > 1000:
        assert "x" * 1000 not in html


def test_a_trace_with_anything_in_it_is_drawn() -> None:
    """One that somebody else wrote, or that was damaged: of the right form, but with other things in it."""
    dice = random.Random(3)
    things: list[Any] = [None, "x", -1, 0, 7, 10**30, 1.5, math.nan, -math.inf, [], {}, True, "\ud800", "<b>"]
    whole = Trace(kitchen().tasks, kitchen().steps, threads().callbacks, threads().jobs, kitchen().said, ("note",))
    drawn_at_all = 0
    for _ in range(400):
        values = whole.to_json()
        for _ in range(dice.randrange(1, 6)):
            entry = dice.choice(values[dice.choice(["tasks", "steps", "callbacks", "jobs", "said"])])
            entry[dice.choice(list(entry))] = dice.choice(things)
        assert teaches(Trace.from_json(values)) in {True, False}
        html = drawn(Trace.from_json(values), lines=[(0.0103, "out"), (0.2, "err")])
        html.encode()
        drawn_at_all += "tl-lane" in html
        assert "<b>" not in html
    assert drawn_at_all == 400


@pytest.mark.parametrize("text", ["a.b(c)'d\" e", "x/y", "résumé.py-2-timeline"])
def test_any_ident_leads_to_its_patterns(text: str) -> None:
    document = parsed(drawn(threads(), 1.0, ident=text))
    patterns = {pattern["id"] for pattern in document.select("pattern")}
    used = {re.fullmatch(r"url\(#([A-Za-z0-9_-]+)\)", tag["fill"])[1] for tag in document.select("[fill^='url']")}  # type: ignore[index]
    assert used
    assert used <= patterns


def test_ids_are_made_from_the_one_given() -> None:
    first, second = (parsed(drawn(threads(), 1.0, ident=f"x.py-{n}-timeline")) for n in (1, 2))
    ids = [{tag["id"] for tag in document.select("[id]")} for document in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("count", [1, 2, 8, 12, 16, 40, 130, 2_000, 10_000])
def test_no_trace_makes_a_picture_that_is_too_large(count: int) -> None:
    lines = [(n / 1000, "out") for n in range(10_000)]
    for trace in (many(count), many(count, seed=2)):
        said = tuple(Said(n / 1000, "out", n % count) for n in range(10_000))
        html = drawn(Trace(trace.tasks, trace.steps, said=said), 10.0, lines=lines)
        assert len(gzip.compress(html.encode())) <= MOST_BYTES


def test_names_that_do_not_compress_do_not_make_it_too_large() -> None:
    names = ["".join(chr(0x4E00 + (n * 7919 + k * 104729) % 20_000) for k in range(500)) for n in range(500)]
    tasks = tuple(Task(name, f"c{n}", None, 0, 0.0, 1.0) for n, name in enumerate(names))
    assert len(gzip.compress(drawn(Trace(tasks), 1.0).encode())) <= MOST_BYTES


def test_it_needs_nothing_but_the_standard_library_and_few_modules_of_ours() -> None:
    """It is drawn in the reader's browser, too, where nothing else is."""
    code = (
        "import sys, sysconfig; before = set(sys.modules); import runnable.timeline; "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)); "
        "print(*sorted(name for name in sys.modules if name.startswith('runnable.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    others, ours = done.stdout.splitlines()
    assert others.split() == ["runnable"]
    assert " ".join(name.removeprefix("runnable.") for name in ours.split()) == (
        "axis folding lanes layout lettering literal picture printed sentences sound spans ties timeline trace visible"
    )
