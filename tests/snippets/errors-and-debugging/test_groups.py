def test_an_uncaught_group_shows_a_traceback_for_each_error_in_it(virtual):
    run = virtual("uncaught")
    assert any(line.endswith("unhandled errors in a TaskGroup (2 sub-exceptions)") for line in run.err)
    assert [line for line in run.err if line.startswith("    | OSError")] == [
        "    | OSError: disk A is gone",
        "    | OSError: disk B is gone",
    ]
    assert run.seconds == 0.3
    assert run.exit == 1


def test_each_handler_gets_a_group_of_its_kind_and_both_run(virtual):
    run = virtual("two_errors")
    assert run.out == [
        "first handler: ExceptionGroup (OSError('disk A is gone'),)",
        "second handler: ExceptionGroup (ValueError('disk B has a broken record'),)",
        "main: goes on",
    ]
    assert run.second("first handler") == run.second("second handler") == 0.3


def test_an_error_while_cleaning_up_joins_the_one_that_caused_it(virtual):
    run = virtual("fails_while_cleaning_up")
    assert run.out == [
        "letter: is to be saved",
        "main: ConnectionError('news: no connection')",
        "main: PermissionError('letter: may not be written')",
    ]
    assert run.seconds == 0.3


def test_a_single_error_comes_as_a_group_past_except_and_except_star_takes_it_with_and_without_one(virtual):
    run = virtual("single_failure")
    assert run.out == [
        "alone, except: ValueError('Oslo sends nonsense')",
        "in a group, except*: ValueError('Cairo sends nonsense')",
        "alone, except*: ValueError('Lima sends nonsense')",
    ]


def test_a_group_of_one_is_unwrapped(virtual):
    run = virtual("unwrap")
    assert run.out == ["a single error: ValueError('Oslo sends nonsense')"]


def test_what_a_handler_raises_comes_alone_or_in_a_group_with_what_was_not_handled(virtual):
    run = virtual("raise_in_a_handler")
    rest = "ExceptionGroup('unhandled errors in a TaskGroup', [OSError('disk')])"
    assert run.out == [
        "a plain error: LookupError('no forecast')",
        f"a group: LookupError('no forecast') {rest}",
    ]


def test_except_star_finds_errors_in_groups_within_groups(virtual):
    run = virtual("nested")
    name = "unhandled errors in a TaskGroup"
    assert run.out == [
        f"as it comes: ExceptionGroup('{name}', [ExceptionGroup('{name}', [ConnectionError('Oslo')])])",
        "its leaves: [ConnectionError('Oslo')]",
        "the rest: [ValueError('Lima')]",
    ]


def test_split_divides_by_what_a_function_says_and_the_second_part_is_raised_again(virtual):
    run = virtual("split")
    assert run.out == ["again later: status 503 status 503", "raised again: status 404"]
    assert run.exit == 0


def test_what_no_handler_takes_is_raised_on_after_finally_and_the_function_does_not_go_on(virtual):
    run = virtual("the_rest_passes")
    assert run.out == [
        "back_up: handles 2",
        "back_up: in any case",
        "main: the rest is (KeyError('disk B is gone'),)",
    ]


def test_what_python_refuses_beside_except_star(virtual):
    run = virtual("refused")
    leaving = "'break', 'continue' and 'return' cannot appear in an except* block"
    assert run.out == [
        f"return: {leaving}",
        f"break: {leaving}",
        "except beside except*: cannot have both 'except' and 'except*' on the same 'try'",
        "except* without a class: expected one or more exception types",
        "except* ExceptionGroup: catching ExceptionGroup with except* is not allowed. Use except instead.",
    ]


def test_the_answer_is_returned_after_the_block(virtual):
    run = virtual("answer_after")
    assert run.out == ["no average: Oslo does not answer", "None"]


def test_a_retry_inside_the_task_disturbs_nobody(virtual):
    run = virtual("retry_inside")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.2, "map: done"),
        (0.2, "news: attempt 1: connection reset"),
        (0.5, "news: attempt 2: connection reset"),
        (0.9, "news: done"),
        (0.9, "['map.html', 'news.html']"),
    ]


def test_a_retry_around_the_group_throws_the_work_of_the_others_away(virtual):
    run = virtual("retry_around")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.5, "map: cancelled, try 1"),
        (0.5, "main: all of it again: connection reset"),
        (1.0, "map: cancelled, try 2"),
        (1.0, "main: all of it again: connection reset"),
        (1.5, "news: done, try 3"),
        (1.9, "map: done, try 3"),
    ]


def test_a_task_that_is_cancelled_is_no_error_to_its_group_and_one_to_gather(virtual):
    run = virtual("one_is_cancelled")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.5, "map: done"),
        (0.5, "the group: no error; the news was cancelled: True"),
        (0.7, "gather: CancelledError, but I was not cancelled: True"),
        (1.0, "map: done"),
    ]
