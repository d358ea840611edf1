"""The camera waits for the printer."""

import itertools


def test_at_most_one_photo_waits_while_another_is_printed(attempt):
    taken = printed = 0
    for line in attempt().out:
        taken += line.startswith("camera: photo")
        printed += line.startswith("printer: photo")
        assert taken - printed <= 2, (
            f"{taken} photos are taken and {printed} printed: one is in the printer, {taken - printed - 1} wait. "
            "What makes put wait?"
        )


def test_every_photo_is_printed_and_the_printer_never_idles(attempt):
    run = attempt()
    assert run.exit == 0, f"the program fails: {run.err}"
    printed = [line for line in run.lines if line.text.startswith("printer: photo")]
    assert [line.text for line in printed] == [f"printer: photo {number}" for number in (1, 2, 3, 4)], (
        "all four photos must be printed, in the order in which they were taken"
    )
    pauses = [later.second - line.second for line, later in itertools.pairwise(printed)]
    assert max(pauses) < 0.401, f"the printer needs 0.4 s for a photo, and {max(pauses):.1f} s went by between two"
