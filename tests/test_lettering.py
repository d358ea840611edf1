"""What words a picture has room for, on a phone and on a page."""

from __future__ import annotations

import pytest

from runnable.lanes import Lane, Span
from runnable.lettering import Label, crowded, fitting, labels


def written(lane: Lane) -> dict[str, str]:
    return {kind: " ".join(filter(None, (one.name, one.aside, one.ends))) for one, kind in labels(lane)}


def test_a_label_that_fits_a_phone_is_the_same_everywhere() -> None:
    lane = Lane("task", "cook", "Task-2", outcome="cancelled", cancelled_by="main")
    assert written(lane) == {"": "cook Task-2 cancelled by main"}


def test_on_a_phone_the_end_is_cut_before_the_number_by_which_others_speak_of_the_task() -> None:
    lane = Lane("task", "read", "Task-4", outcome="exception", detail="TypeError: unsupported operand type(s) for +")
    assert written(lane) == {
        "tl-tight": "read Task-4 TypeError: unsupported opera…",
        "tl-roomy": "read Task-4 TypeError: unsupported operand type(s) for +",
    }


def test_on_a_phone_what_runs_in_many_tasks_is_cut_before_what_became_of_them() -> None:
    lane = Lane("fold", "12 tasks of libraries", "_wait_for_close, RequestHandler.shutdown", detail="3 failed")
    assert written(lane) == {
        "tl-tight": "12 tasks of libraries _wait_for_… 3 failed",
        "tl-roomy": "12 tasks of libraries _wait_for_close, RequestHandler.shutdown 3 failed",
    }


def test_a_number_is_left_out_rather_than_cut() -> None:
    lane = Lane("task", "a_rather_long_name", "Task-12, loop 2", outcome="exception", detail="E: so it went again")
    assert written(lane)["tl-tight"] == "a_rather_long_name E: so it went again"


def test_a_name_alone_is_cut_where_even_it_has_no_room() -> None:
    deep = Lane("task", "BaseSelectorEventLoop._accept_connection2_again", depth=6)
    assert written(deep)["tl-tight"] == "BaseSelectorEventLoop._accept_…"


@pytest.mark.parametrize("length", range(1, 60, 7))
@pytest.mark.parametrize("room", [36, 46, 96])
def test_no_label_is_longer_than_its_room_and_each_has_a_name(length: int, room: int) -> None:
    for aside in ("", "Task-1", "a, b and many others of their kind"):
        for ends in ("", "not ended", "ValueError: this and that and something else again"):
            label = Label("n" * length, aside, ends).within(room)
            shown = [label.name, *filter(None, (label.aside, label.ends))]
            assert sum(map(len, shown)) + len(shown) - 1 <= room
            assert label.name


def test_a_wait_is_named_by_what_has_room() -> None:
    wait = Span("wait", 0.0, 1.0, "ClientResponse.start(stream)")
    assert fitting(wait, 1.0) == [("ClientResponse.start(stream)", "")]
    assert fitting(wait, 0.31) == [("start", "tl-tight"), ("ClientResponse.start(stream)", "tl-roomy")]
    assert fitting(wait, 0.1) == [("start", "tl-roomy")]
    assert fitting(wait, 0.03) == []
    assert fitting(Span("wait", 0.0, 1.0, "BaseConnector._wait_for_available_connection"), 0.13) == [
        ("BaseConnec…", "tl-roomy")
    ]


def test_too_short_a_rest_of_a_word_is_none() -> None:
    assert fitting(Span("wait", 0.0, 1.0, "Semaphore"), 0.08) == []


def test_a_number_is_never_cut() -> None:
    block = Span("block", 0.0, 0.0693)
    assert fitting(block, 0.2) == [("69.3\u00a0ms", "tl-tight"), ("blocks 69.3\u00a0ms", "tl-roomy")]
    assert fitting(block, 0.07) == []
    assert fitting(Span("lost", 0.0, 1.0, turns=123), 0.1) == [("…", "")]


def test_seconds_are_crowded_where_a_phone_has_no_room_for_all() -> None:
    assert crowded([(n / 7, f"24.{n}05\u00a0ms") for n in range(7)])
    assert not crowded([(0.0, "0\u00a0s"), *((n / 7, f"0.{n}\u00a0s") for n in range(1, 7))])
    assert not crowded([])


def test_the_last_second_is_moved_to_the_left_and_may_meet_the_one_before() -> None:
    assert not crowded([(0.5, "70\u00a0ms"), (0.66, "75\u00a0ms")])
    assert crowded([(0.84, "70\u00a0ms"), (1.0, "75\u00a0ms")])
