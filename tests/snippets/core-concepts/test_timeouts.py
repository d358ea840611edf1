def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_one_deadline_holds_for_all_awaits_in_its_block(virtual):
    run = virtual("one_deadline")
    assert history(run) == [
        (0.0, "map: begins"),
        (0.5, "map: done"),
        (0.5, "photos: begins"),
        (0.8, "photos: cancelled"),
        (0.8, "main: the time is up"),
        (0.8, "main: goes on"),
    ]
    assert run.exit == 0


def test_the_block_sees_a_cancellation_and_only_its_surroundings_see_a_timeout_error(virtual):
    run = virtual("inside_and_around")
    assert history(run) == [
        (0.6, "inside the block: CancelledError"),
        (0.6, "around the block: TimeoutError"),
    ]


def test_wait_for_gives_the_result_in_time_and_otherwise_cancels(virtual):
    run = virtual("wait_for")
    assert history(run) == [
        (0.0, "map: begins"),
        (0.5, "map: done"),
        (0.5, "main: has map.png"),
        (0.5, "photos: begins"),
        (1.3, "photos: cancelled"),
        (1.3, "main: the time is up"),
    ]


def test_an_outer_deadline_passes_through_the_handler_of_an_inner_one(virtual):
    run = virtual("each_and_all")
    assert history(run) == [
        (0.0, "photos: begins"),
        (1.0, "photos: left out"),
        (1.0, "map: begins"),
        (1.2, "map: done"),
        (1.2, "film: begins"),
        (1.7, "main: the time is up"),
    ]


def test_a_rescheduled_deadline_counts_from_the_latest_part(virtual):
    run = virtual("reschedule")
    assert [run.second(f"part {number}") for number in (1, 2, 3)] == [0.3, 0.6, 0.9]
    assert run.second("nothing for 0.8 s") == run.seconds == 1.7
    assert len(run.lines) == 4


def test_expired_tells_our_timeout_from_one_raised_inside(virtual):
    run = virtual("whose_timeout")
    assert history(run) == [
        (0.2, "Oslo has lost its sensor"),
        (0.7, "Lima took too long"),
    ]


def test_wait_with_a_timeout_cancels_nothing(virtual):
    run = virtual("still_waiting")
    assert history(run) == [
        (0.0, "photos: begins"),
        (0.5, "main: this takes longer than usual"),
        (0.8, "photos: done"),
        (0.8, "main: has photos.png"),
    ]


def test_a_timeout_does_nothing_to_a_call_that_blocks_and_strikes_at_the_next_await(virtual):
    run = virtual("blocked")
    assert history(run) == [
        (0.6, "first block: too late, and no error"),
        (1.2, "second block: too late, and now it waits"),
        (1.2, "second block: TimeoutError"),
    ]
