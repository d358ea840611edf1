import itertools
import os
import subprocess
import sys

import pytest


def drawn(run):
    """The lines that the program drew over, with the second of each."""
    return [(line.second, line.text.removesuffix("\r")) for line in run.lines if line.text.endswith("\r")]


def test_the_spinner_turns_while_the_work_waits_and_stops_with_it(virtual):
    run = virtual("spinner")
    assert drawn(run) == [(0.0, "baking -"), (0.25, "baking \\"), (0.5, "baking |"), (0.75, "baking /")]
    assert run.lines[-1].text == "baked: a loaf of bread"
    assert run.second("baked") == run.seconds == 0.9


def test_the_spinner_of_a_block_ends_with_it_and_says_how(virtual):
    run = virtual("spinner_block")
    assert [line.text for line in run.lines] == [
        "mixing the dough -\r",
        "mixing the dough \\\r",
        "mixing the dough: done",
        "baking -\r",
        "baking \\\r",
        "baking: failed",
        "no bread: the oven is cold",
    ]
    assert run.second("baking: failed") == run.seconds == 0.8


def test_the_line_counts_what_is_done_whatever_is_done_first(virtual):
    run = virtual("counting")
    assert drawn(run) == [
        (0.0, "0 of 4 files"),
        (0.2, "1 of 4 files"),
        (0.4, "2 of 4 files"),
        (0.6, "3 of 4 files"),
        (0.8, "4 of 4 files"),
    ]
    assert run.lines[-1].text == "all files are copied"


def test_the_bar_grows_with_the_bytes_that_have_come(virtual):
    run = virtual("download_bar")
    assert [line.text.count("#") for line in run.lines] == [0, 4, 8, 12, 16, 20, 0]
    assert [line.second for line in run.lines] == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.0]
    assert run.lines[-2].text == "[####################] 100 %"
    assert run.lines[-1].text == "5000 bytes are here"


def test_a_line_drawn_over_is_never_longer_than_what_follows(virtual):
    for name in ("spinner", "spinner_block", "counting", "frozen"):
        for before, after in itertools.pairwise(line.text for line in virtual(name).lines):
            if before.endswith("\r"):
                assert len(before.removesuffix("\r")) <= len(after.removesuffix("\r")), name


def test_a_blocking_call_freezes_the_spinner(virtual):
    run = virtual("frozen")
    assert drawn(run) == [(0.0, "zipping -"), (0.25, "zipping \\")]
    assert run.second("zipped") == run.seconds == 0.9


def test_beside_a_thread_the_spinner_turns_on(recording):
    frozen, free = recording("frozen"), recording("beside_a_thread")
    assert frozen.out == ["zipping -\r", "zipping \\\r", "zipped: photos.zip"]
    assert free.out[:3] == ["zipping -\r", "zipping \\\r", "zipping |\r"]
    assert free.out[-1] == "zipped: photos.zip"


def test_without_a_terminal_nothing_but_the_result_is_written(virtual):
    run = virtual("on_a_terminal")
    assert [line.text for line in run.lines] == ["6000 words in three chapters"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals that Python can open")
def test_on_a_terminal_the_progress_is_drawn_on_stderr(snippet):
    ours, its = os.openpty()
    program = subprocess.Popen([sys.executable, snippet("on_a_terminal").path], stdout=subprocess.PIPE, stderr=its)
    os.close(its)
    out, _ = program.communicate(timeout=60)
    err = os.read(ours, 1000)
    os.close(ours)
    assert out.decode().split() == ["6000", "words", "in", "three", "chapters"]
    assert err.decode().split("\r") == ["counting chapter 1", "counting chapter 2", "counting chapter 3", ""]
