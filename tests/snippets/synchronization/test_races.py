def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_an_await_between_reading_and_writing_loses_an_update(virtual):
    run = virtual("lost_update")
    assert history(run) == [
        (0.0, "Ada: sees 100, takes 30"),
        (0.0, "Ben: sees 100, takes 50"),
        (0.2, "Ada: leaves 70"),
        (0.4, "Ben: leaves 50"),
        (0.4, "80 of 100 are gone, and the balance is 50"),
    ]


def test_between_two_awaits_no_update_is_lost(virtual):
    run = virtual("no_lock_needed")
    assert run.out == ["1000 tasks, 10 visits each: 10000"]
    assert run.seconds < 1  # the tasks took turns, they did not run one after another


def test_what_is_taken_before_the_await_is_not_sold_twice_and_comes_back_after_a_failure(virtual):
    run = virtual("taken_first")
    assert history(run) == [
        (0.0, "Ada: has the ticket, pays"),
        (0.0, "Ben: sold out"),
        (0.2, "Ada: has not paid, gives it back"),
        (0.5, "Cleo: has the ticket, pays"),
        (0.7, "Cleo: goes to the concert"),
        (0.7, "tickets left: 0"),
    ]


def test_two_tasks_that_find_the_cache_empty_both_fetch(virtual):
    run = virtual("fetched_twice")
    assert history(run) == [
        (0.0, "fetches Oslo"),
        (0.0, "fetches Oslo"),
        (0.4, "['forecast for Oslo', 'forecast for Oslo']"),
        (0.4, "forecast for Oslo"),
    ]


def test_a_task_in_the_cache_is_shared_by_those_who_come_while_it_runs(virtual):
    run = virtual("fetched_once")
    assert history(run) == [
        (0.0, "fetches Oslo"),
        (0.4, "['forecast for Oslo', 'forecast for Oslo']"),
        (0.4, "forecast for Oslo"),
    ]


def test_a_failed_fetch_is_not_kept(virtual):
    run = virtual("failed_fetch")
    assert history(run) == [
        (0.0, "fetches Oslo"),
        (0.2, "[OSError('no connection'), OSError('no connection')]"),
        (0.2, "fetches Oslo"),
        (0.4, "rain"),
    ]


def test_a_dict_that_grows_during_an_await_in_its_loop_ends_the_loop(virtual):
    run = virtual("changed_while_iterating")
    assert history(run) == [
        (0.6, "Ada has tea"),
        (0.9, "Cleo arrives"),
        (1.2, "Ben has coffee"),
        (1.2, "serve ended with RuntimeError('dictionary changed size during iteration')"),
    ]


def test_a_copy_is_safe_to_iterate_over_and_may_be_out_of_date(virtual):
    run = virtual("copied_first")
    assert history(run) == [
        (0.6, "Ada has tea"),
        (0.9, "Cleo arrives, Ben leaves"),
        (1.2, "Ben is gone"),
        (1.2, "still here: ['Ada', 'Cleo']"),
    ]
