def test_communicate_gives_the_output_and_the_exit_status(recording):
    assert recording("one").out == ["printed: 499999500000", "exit status: 0"]


STARTS_AND_ENDS = ("is started", "exit status 0")


def test_two_programs_run_at_once_and_each_line_is_there_before_the_program_ends(recording):
    run = recording("as_it_comes")
    for name in ("mail", "photos"):
        assert [line for line in run.out if line.startswith(name)] == [
            f"{name}: is started",
            f"{name}: part 1 of {name}",
            f"{name}: part 2 of {name}",
            f"{name}: exit status 0",
        ]
    # One after another, the second would be started when the first has ended.
    starts, ends = ([run.out.index(f"{name}: {what}") for name in ("mail", "photos")] for what in STARTS_AND_ENDS)
    assert max(starts) < min(ends)
    # Read when the program has ended, as by `communicate`, both would be shown at the same moment.
    assert run.second("part 2 of photos") - run.second("part 1 of photos") > 0.1


def test_output_to_a_pipe_comes_at_the_end_unless_it_is_flushed(recording):
    assert recording("comes_late").out == [
        "as usual",
        "got: ['1', '2']",
        "with flush",
        "got: ['1']",
        "got: ['2']",
    ]


def test_both_streams_are_read_as_they_come(recording):
    assert recording("both_streams").out == [
        "out: step 1",
        "err: warning 1",
        "out: step 2",
        "err: warning 2",
        "exit status: 0",
    ]


def test_wait_hangs_while_nobody_reads_the_pipe(recording):
    run = recording("deadlock")
    assert run.out == ["after a second: still not done", "read 1000000 characters, exit status 0"]


def test_what_is_asked_is_answered_before_the_next_is_asked(recording):
    assert recording("talk").out == ["3 -> 9", "12 -> 144", "exit status: 0"]


def test_failure_is_a_status_and_a_missing_program_an_exception(recording):
    assert recording("went_wrong").out == [
        "exit status: 1",
        "stderr: no such account",
        "FileNotFoundError: it was never started",
    ]


def test_no_shell_looks_at_the_arguments(recording):
    assert recording("no_shell").out == ["['holiday photos; rm -r *', '$HOME']"]


def test_a_timeout_leaves_the_program_running_until_it_is_killed(recording):
    run = recording("out_of_time")
    assert run.out == ["program: begins", "the time is up, and the program runs on: True", "killed: True"]
    assert run.seconds < 60, "it was waited for, not killed"


def test_a_polite_program_ends_when_asked_and_a_stubborn_one_is_killed(recording):
    run = recording("ask_first")
    assert run.out == [
        "polite: begins",
        "polite: saves its work - exit status 0",
        "stubborn: begins",
        "does not go by itself",
        "stubborn: saves its work - exit status -9",
    ]


def test_a_program_runs_on_when_the_task_that_waits_is_cancelled(recording):
    assert recording("runs_on").out == [
        "main: the task is cancelled: True",
        "main: the program runs on: True",
        "program: ends, for nobody",
        "main: exit status 0",
    ]


def test_a_program_that_is_killed_in_finally_ends_with_its_task(recording):
    assert recording("ends_with_the_task").out == [
        "main: the task is cancelled: True",
        "main: the program runs on: False",
    ]
