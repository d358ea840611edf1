import itertools


def history(run):
    return [(line.second, line.text) for line in run.lines]


def calls(run):
    """The second of each call, in order; all nine must have been made, first come first served."""
    assert run.out == [f"call {number}" for number in range(1, 10)]
    return [line.second for line in run.lines]


def most_within(seconds, moments):
    """The largest number of moments in any stretch of time that is shorter than so many seconds."""
    return max(sum(begin <= other < begin + seconds - 1e-6 for other in moments) for begin in moments)


def test_a_bounded_queue_makes_the_producer_wait_for_the_workers(virtual):
    run = virtual("worker_pool")
    assert history(run) == [
        (0.0, "handed out 1"),
        (0.0, "handed out 2"),
        (0.0, "handed out 3"),
        (0.0, "handed out 4"),
        (0.2, "A: did 1"),
        (0.2, "handed out 5"),
        (0.4, "B: did 2"),
        (0.4, "handed out 6"),
        (0.6, "A: did 3"),
        (0.8, "B: did 4"),
        (1.0, "A: did 5"),
        (1.2, "B: did 6"),
    ]
    assert run.exit == 0


def test_an_unbounded_queue_takes_everything_at_once(virtual):
    run = virtual("queue_grows")
    handed_out = [line for line in run.lines if line.text.startswith("handed out")]
    assert [line.second for line in handed_out] == [0.0] * 6
    assert [int(line.text.rpartition(" ")[2]) for line in handed_out] == [1, 2, 3, 4, 5, 6]
    assert run.seconds == virtual("worker_pool").seconds, "the work is done no sooner"


def test_one_job_that_fails_breaks_a_pool_that_does_not_catch_it(virtual):
    run = virtual("one_bad_job")
    assert run.out == ["scanned a letter", "the pool broke down: (ValueError('cannot be read'),)"]


def test_a_pool_that_catches_goes_on_and_ends(virtual):
    run = virtual("survives")
    assert run.out == ["scanned a letter", "scanned a postcard", "to be looked at: a torn letter cannot be read"]
    assert run.exit == 0


def test_stages_overlap_and_the_slowest_sets_the_pace(virtual):
    run = virtual("pipeline")
    shrunk = [run.second(f"shrunk {photo}") for photo in "ABCD"]
    assert shrunk == [0.4, 0.7, 1.0, 1.3]
    assert run.second("loaded D") == shrunk[1], "the loader has to wait: back pressure"
    assert run.second("saved A") < run.second("shrunk B") < run.second("saved B")
    assert run.lines[-1].text == "all saved"
    assert run.seconds == 1.5


def test_shutdown_ends_every_worker_of_the_next_stage(virtual):
    run = virtual("two_shrink")
    assert [line for line in run.out if "no more" in line] == ["first: no more photos", "second: no more photos"]
    assert sorted(line for line in run.out if line.startswith("  saved")) == [f"  saved {photo}" for photo in "ABCD"]
    assert run.out[-1] == "all saved"
    assert run.seconds == 1.0, "one worker alone would have needed 1.8 s"


def test_a_stage_that_fails_takes_the_others_along(virtual):
    assert history(virtual("stage_fails")) == [
        (0.0, "loaded A"),
        (0.0, "loaded B"),
        (0.3, "  saved A"),
        (0.3, "loaded C"),
        (0.6, "load: called off"),
        (0.6, "main: the disk is full"),
    ]


def test_a_token_bucket_allows_a_burst_and_never_more_than_its_rate(virtual):
    moments = calls(virtual("token_bucket"))
    assert moments[:3] == [0.4, 0.4, 0.4], "the bucket was full"
    for first, last in itertools.combinations(range(9), 2):
        assert last - first + 1 <= 3 + 6 * (moments[last] - moments[first]) + 1e-4
    assert moments[-1] == 1.4, "nor less than its rate"


def test_a_fixed_window_lets_twice_its_limit_through_around_a_boundary(virtual):
    moments = calls(virtual("fixed_window"))
    assert most_within(0.5, moments) == 6


def test_a_sliding_window_never_lets_more_than_its_limit_through(virtual):
    moments = calls(virtual("sliding_window"))
    assert most_within(0.5, moments) == 3
    assert moments[-1] == 1.4, "nor waits longer than it must"


def test_a_semaphore_limits_no_rate(virtual):
    moments = calls(virtual("semaphore"))
    assert most_within(0.5, moments) == 9
    assert most_within(0.1, moments) == 3


def test_every_subscriber_has_every_message_until_it_leaves(virtual):
    assert history(virtual("publish")) == [
        (0.2, "Ana hears: rain"),
        (0.2, "Ben hears: rain"),
        (0.4, "Ana hears: storm"),
        (0.4, "Ben hears: storm"),
        (0.6, "Ben hears: sun"),
        (0.6, "still subscribed: 0"),
    ]


def test_waiting_for_a_slow_subscriber_delays_the_quick_one(virtual):
    run = virtual("everyone_waits")
    assert [run.second(f"Ana hears: news {number}") for number in range(1, 5)] == [0.0, 0.3, 0.6, 1.05]
    heard = [line.text for line in run.lines if line.text.startswith("  Ben")]
    assert heard == [f"  Ben hears: news {number}" for number in range(1, 4)], "he misses none until main ends"


def test_dropping_the_oldest_keeps_the_quick_one_quick(virtual):
    run = virtual("drop_oldest")
    assert [run.second(f"Ana hears: news {number}") for number in range(1, 6)] == [0.0, 0.3, 0.6, 0.9, 1.2]
    assert [line.text for line in run.lines if "Ben" in line.text or "dropped" in line.text] == [
        "  Ben hears: news 1",
        "    dropped: news 2",
        "  Ben hears: news 3",
        "    dropped: news 4",
        "  Ben hears: news 5",
    ]
