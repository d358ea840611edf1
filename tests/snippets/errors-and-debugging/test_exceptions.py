def test_await_raises_the_error_of_the_task_and_the_traceback_leads_into_it(virtual):
    run = virtual("logged")
    assert run.err[0] == "ERROR: no measurement from Oslo"
    assert run.err[-1] == "ConnectionError: Oslo does not answer"
    frames = [line.rpartition(" in ")[2] for line in run.err if line.startswith("  File ")]
    assert frames == ["main", "measure", "read_sensor"]
    assert run.second("main: goes on") == 0.3
    assert run.exit == 0


def test_the_message_about_a_kept_task_comes_when_main_has_ended_long_after_the_failure(virtual):
    run = virtual("at_exit")
    texts = [line.text for line in run.lines]
    assert texts.index("main: all is well") < texts.index("Task exception was never retrieved")
    assert texts.index("Task exception was never retrieved") < texts.index("the task is done: True")
    assert run.second("never retrieved") == 0.8
    assert any("name='saver'" in line for line in run.err)
    assert run.err[-1] == "OSError: order 7: disk full"
    assert run.exit == 0


def test_the_message_comes_at_the_moment_the_task_is_forgotten_and_not_if_someone_asks_for_the_error(virtual):
    run = virtual("as_soon_as_forgotten")
    texts = [line.text for line in run.lines]
    assert run.second("never retrieved") == run.second("main: forgot order 7") == 0.5
    assert texts.index("main: the task is done: True") < texts.index("Task exception was never retrieved")
    assert texts.index("Task exception was never retrieved") < texts.index("main: forgot order 7")
    assert run.out[-1] == "main: order 8: order 8: disk full"
    assert sum("never retrieved" in line for line in run.err) == 1
    assert not any("order 8" in line for line in run.err)


def test_a_done_callback_reports_a_failure_when_it_happens(virtual):
    run = virtual("done_callback")
    assert run.out == ["order 6 is saved", "main: all is well"]
    assert run.err == ["ERROR: saving order 7 failed: OSError('disk full')"]
    assert run.second("saving order 7 failed") == 0.2
    assert run.second("main: all is well") == 0.6


def test_the_handler_of_the_loop_gets_what_nobody_else_got(virtual):
    run = virtual("loop_handler")
    assert run.err == []
    assert [(line.second, line.text) for line in run.lines][1:] == [
        (0.1, "handler: exception: ValueError(\"invalid literal for int() with base 10: 'twelve'\")"),
        (0.1, "handler: handle"),
        (0.4, "main: forgets the task"),
        (0.4, "handler: message: Task exception was never retrieved"),
        (0.4, "handler: exception: OSError('order 7: disk full')"),
        (0.4, "handler: future"),
        (0.6, "main: goes on"),
    ]
    assert run.out[0].startswith("handler: message: Exception in callback int(")


def test_the_second_error_in_a_gather_is_lost_and_the_others_run_on(virtual):
    run = virtual("second_error")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.3, "news: fails"),
        (0.3, "main: caught news is not there"),
        (0.6, "mail: fails"),
        (0.9, "map: done"),
        (1.2, "main: ends"),
    ]
    assert run.err == []


def test_expected_errors_are_told_from_bugs_among_the_results_and_bugs_are_raised(virtual):
    run = virtual("return_exceptions")
    assert run.out == [
        "Cairo: 24 degrees",
        "Oslo: no answer",
        "a bug: unsupported operand type(s) for +: 'int' and 'str'",
    ]
    assert run.exit == 0


def test_a_cancellation_passes_except_exception_and_a_bare_except_swallows_it(virtual):
    run = virtual("three_handlers")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.2, "narrow: cancelled: True"),
        (0.4, "bare except: got it"),
        (0.4, "bare except: goes on"),
        (0.4, "bare: cancelled: False"),
        (0.6, "except BaseException: got CancelledError()"),
        (0.6, "honest: cancelled: True"),
    ]


def test_a_task_that_another_cancelled_ends_whoever_awaits_it_past_except_exception(virtual):
    run = virtual("cancelled_by_another")
    assert run.out == []
    assert run.err[-1] == "asyncio.exceptions.CancelledError: no longer needed"
    assert run.seconds == 0.2
    assert run.exit == 1


def test_a_note_tells_which_task_and_server_it_was(virtual):
    run = virtual("with_a_note")
    assert run.out == ["map: done"]
    assert run.err[0] == "ERROR: one page is missing"
    assert run.err[-2:] == [
        "ConnectionError: connection reset",
        "while downloading news from server B, in second",
    ]


def test_sys_exit_in_a_task_ends_the_program_with_its_status_and_main_is_cancelled(virtual):
    run = virtual("exit_in_a_task")
    assert run.out == ["watch: the disk is gone", "main: got CancelledError()"]
    assert run.seconds == 0.3
    assert run.exit == 3
