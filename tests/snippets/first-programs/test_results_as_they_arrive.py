def test_as_completed_gives_each_answer_when_it_comes_not_in_the_order_of_the_questions(virtual):
    run = virtual("as_they_arrive")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "asking three shops"),
        (0.2, "Harbour: 15 euros"),
        (0.6, "Corner: 11 euros"),
        (1.0, "Mill: 12 euros"),
    ]


def test_async_iteration_gives_back_the_tasks_themselves(virtual):
    run = virtual("who_answered")  # it looks each task up in a dict: a task of as_completed's own would be a KeyError
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "asking three shops"),
        (0.3, "Harbour: 15 euros"),
        (0.6, "Corner: 11 euros"),
        (0.9, "Mill: 12 euros"),
    ]


def test_a_task_that_shows_its_own_answer_waits_for_no_other(virtual):
    run = virtual("in_the_task")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "asking three shops"),
        (0.3, "Harbour: 15 euros"),
        (0.6, "Corner: 11 euros"),
        (0.9, "Mill: 12 euros"),
        (0.9, "all shops have answered"),
    ]


def test_an_answer_awaited_in_order_is_held_back_until_those_before_it_are_there(virtual):
    run = virtual("in_order")
    arrived = [run.second(f"chapter {number} is here") for number in (1, 2, 3, 4)]
    shown = [run.second(f"text of chapter {number}") for number in (1, 2, 3, 4)]
    assert arrived == [0.6, 0.3, 1.2, 0.9]
    assert shown == [0.6, 0.6, 1.2, 1.2]
    assert run.seconds == 1.2


def test_an_error_comes_out_where_its_answer_is_awaited_and_the_loop_goes_on(virtual):
    run = virtual("one_fails")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "asking three shops"),
        (0.3, "Harbour does not have the book"),
        (0.6, "Corner: 11 euros"),
        (0.9, "Mill: 12 euros"),
    ]


def test_after_two_answers_the_third_is_called_off(virtual):
    run = virtual("first_two")
    assert run.out == [
        "two answers are enough",
        "Harbour has answered",
        "Corner has answered",
        "Mill: no longer asked",
        "going on",
    ]
    assert run.second("Mill: no longer asked") == run.second("going on") == run.seconds == 0.6


def test_what_has_not_come_in_time_is_called_off(virtual):
    run = virtual("what_came_in_time")
    assert run.out[1:] == ["Mill: too late", "Harbour: 15", "Corner: 11"]
    assert run.second("Mill: too late") == run.seconds == 0.6


def test_one_answer_is_read_line_by_line_while_the_server_still_writes(virtual):
    run = virtual("line_by_line")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "the answer has begun: 200"),
        (0.2, "Oslo, platform 3"),
        (0.4, "Bergen, platform 1"),
        (0.6, "Lund, platform 4"),
    ]
