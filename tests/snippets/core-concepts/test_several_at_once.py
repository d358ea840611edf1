def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_gather_takes_as_long_as_its_longest_wait_and_keeps_the_order_in_which_it_was_asked(virtual):
    run = virtual("gather")
    assert run.out == [
        "photos: begins",
        "mail: begins",
        "music: begins",
        "mail: done",
        "music: done",
        "photos: done",
        "['photos.zip', 'mail.zip', 'music.zip']",
    ]
    assert [run.second(f"{folder}: begins") for folder in ("photos", "mail", "music")] == [0.0, 0.0, 0.0]
    assert run.seconds == run.second("photos: done") == 0.9


def test_the_end_of_a_groups_block_waits_for_all_its_tasks(virtual):
    run = virtual("task_group")
    assert run.out[0] == "main: at the end of the block"
    assert run.second("main: at the end of the block") == 0.0
    assert run.second("['photos.zip', 'mail.zip', 'music.zip']") == run.second("photos: done") == run.seconds == 0.9


def test_a_group_takes_more_tasks_while_it_runs_and_waits_for_those_as_well(virtual):
    run = virtual("joins_later")
    assert history(run) == [
        (0.3, "home: done"),
        (0.3, "mail: found in home"),
        (0.3, "photos: found in home"),
        (0.6, "photos: done"),
        (0.6, "Oslo: found in photos"),
        (0.9, "mail: done"),
        (1.2, "Oslo: done"),
        (1.2, "everything is done"),
    ]


def test_return_inside_a_group_still_waits_for_the_group(virtual):
    run = virtual("return_waits")
    assert run.second("mail_first: returns mail.zip") == 0.2
    assert run.second("main: has mail.zip") == run.second("photos: done") == 0.6
    assert run.out.index("photos: done") < run.out.index("main: has mail.zip")


def test_as_completed_gives_each_result_when_it_is_there(virtual):
    run = virtual("as_completed")
    assert history(run) == [
        (0.0, "three backups begin"),
        (0.3, "stored: mail.zip"),
        (0.6, "stored: music.zip"),
        (0.9, "stored: photos.zip"),
    ]


def test_async_iteration_over_as_completed_gives_the_callers_own_tasks(virtual):
    run = virtual("as_completed_tasks")  # owners[task] raises KeyError for any task but the program's own
    assert history(run) == [
        (0.0, "three backups begin"),
        (0.3, "stored: mail.zip, for Ben"),
        (0.6, "stored: music.zip, for Eve"),
        (0.9, "stored: photos.zip, for Ada"),
    ]


def test_wait_returns_at_the_first_answer_and_the_cancelled_mirrors_never_answer(virtual):
    run = virtual("first_completed")
    assert history(run) == [
        (0.0, "Paris: asked"),
        (0.0, "Tokyo: asked"),
        (0.0, "Quito: asked"),
        (0.3, "Tokyo: answers"),
        (0.3, "done: 1, pending: 2"),
        (0.3, "cancelled: 2"),
        (0.3, "first: the file, from Tokyo"),
    ]


def test_when_one_fails_gather_raises_at_once_and_lets_the_others_run_on(virtual):
    run = virtual("gather_one_fails")
    assert run.second("main: caught disk full") == 0.5
    assert run.second("photos: done") == 0.9
    assert not [line for line in run.out if "cancelled" in line]
    assert run.second("main: ends") == 1.3


def test_when_one_fails_a_group_cancels_the_others_and_then_raises(virtual):
    run = virtual("task_group_one_fails")
    assert run.second("photos: cancelled") == run.second("main: caught disk full") == 0.5
    assert run.out.index("photos: cancelled") < run.out.index("main: caught disk full")
    assert "photos: done" not in run.out
    assert run.second("main: ends") == 1.3


def test_the_two_programs_in_which_one_fails_differ_only_in_main(snippet):
    def job(name):
        return snippet(name).path.read_text("utf-8").partition("async def main")[0]

    assert job("gather_one_fails") == job("task_group_one_fails")


def test_cancelling_the_waiter_reaches_the_jobs_through_gather_and_group_but_not_through_as_completed_and_wait(virtual):
    run = virtual("stop_waiting")
    assert history(run) == [
        (0.0, "with_gather"),
        (0.1, "photos: cancelled"),
        (0.4, "with_group"),
        (0.5, "photos: cancelled"),
        (0.8, "with_as_completed"),
        (1.1, "photos: done"),
        (1.2, "with_wait"),
        (1.5, "photos: done"),
    ]
