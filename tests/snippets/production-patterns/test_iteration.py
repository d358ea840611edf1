def history(run):
    return [(line.second, line.text) for line in run.lines]


MEMBERS = [
    (0.3, "fetched page 0"),
    (0.3, "Ana"),
    (0.3, "Ben"),
    (0.6, "fetched page 1"),
    (0.6, "Cleo"),
    (0.6, "Dan"),
    (0.9, "fetched page 2"),
]


def test_an_iterator_class_fetches_a_page_when_it_is_needed_and_not_before(virtual):
    assert history(virtual("iterator_class")) == MEMBERS


def test_a_generator_does_what_the_class_does(virtual):
    run = virtual("generator")
    assert history(run)[: len(MEMBERS)] == MEMBERS
    assert run.lines[-1].text == "['A', 'B', 'C', 'D']"
    assert run.seconds == 1.8


def test_a_generator_left_early_is_closed_later_by_another_task(virtual):
    assert history(virtual("left_early")) == [
        (0.0, "file opened"),
        (0.2, "line 1"),
        (0.2, "main: goes on"),
        (0.4, "file closed, by another task"),
    ]


def test_aclosing_closes_it_at_the_end_of_the_block_in_the_same_task(virtual):
    assert history(virtual("closed_in_time")) == [
        (0.0, "file opened"),
        (0.2, "line 1"),
        (0.4, "file closed, by the same task"),
        (0.4, "main: goes on"),
    ]


def test_asyncio_run_closes_what_is_left(virtual):
    assert history(virtual("kept_until_the_end")) == [
        (0.0, "line 1"),
        (0.4, "main: returns"),
        (0.6, "file closed"),
        (0.6, "asyncio.run: returns"),
    ]


def test_two_tasks_may_share_an_iterator_class_but_not_a_generator(virtual):
    run = virtual("two_consumers")
    assert history(run) == [
        (0.0, "Iterator"),
        (0.2, "Ana has 1"),
        (0.2, "Ben has 2"),
        (0.4, "Ana has 3"),
        (0.4, "Ben has 4"),
        (0.4, "async_generator"),
        (0.4, "Ben: anext(): asynchronous generator is already running"),
        (0.6, "Ana has 1"),
        (0.8, "Ana has 2"),
        (1.0, "Ana has 3"),
        (1.2, "Ana has 4"),
    ]


def test_a_timeout_around_a_yield_cancels_the_consumer_and_is_seen_by_no_one(virtual):
    assert history(virtual("timeout_around_yield")) == [
        (0.2, "21 degrees"),
        (0.5, "was consume cancelled? True"),
    ]


def test_a_timeout_at_the_consumer_is_a_timeout(virtual):
    assert history(virtual("timeout_at_the_consumer")) == [
        (0.2, "21 degrees"),
        (0.5, "main: the time is up"),
    ]
