from runnable.recording import Line


def test_calling_gives_a_coroutine_that_begins_when_a_task_of_it_is_awaited(virtual):
    run = virtual("five_terms")
    assert run.lines == [
        Line(0.0, "out", "brew is a function"),
        Line(0.0, "out", "brew(...) gave a coroutine"),
        Line(0.0, "out", "create_task(...) gave a Task"),
        Line(0.0, "out", "a Task is a Future: True"),
        Line(0.0, "out", "the event loop is running: True"),
        Line(0.0, "out", "tea: water on"),
        Line(0.5, "out", "await gave a cup of tea"),
    ]
    assert run.exit == 0
