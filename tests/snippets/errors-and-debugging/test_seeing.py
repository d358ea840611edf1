import re


def test_every_task_is_logged_with_its_name_and_how_it_ended(virtual):
    run = virtual("begins_and_ends")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "tasks: map begins"),
        (0.0, "tasks: news begins"),
        (0.0, "tasks: photos begins"),
        (0.2, "tasks: map ends"),
        (0.4, "tasks: news failed: ConnectionError('connection reset')"),
        (0.4, "tasks: photos was cancelled"),
        (0.4, "tasks: main: goes on without connection reset"),
    ]


def test_the_filter_adds_the_name_of_the_task_that_logs(virtual):
    run = virtual("task_names")
    assert run.err == [
        "[no task] before asyncio",
        "[Task-1] starts two readers",
        "[reader Ana] asking for the news",
        "[reader Ben] asking for the map",
        "[reader Ben] has the map",
        "[reader Ana] has the news",
    ]


def test_logging_knows_the_name_of_the_task_by_itself(virtual):
    run = virtual("task_names_built_in")
    assert run.err == [
        "[None] before asyncio",
        "[reader Ana] asking for the news",
        "[reader Ben] asking for the map",
        "[reader Ben] has the map",
        "[reader Ana] has the news",
    ]


def test_debug_mode_tells_which_step_held_the_loop_up_and_for_how_long(virtual):
    run = virtual("slow_callback")
    assert len(run.err) == 1
    assert re.match(r"Executing <Task finished name='large' coro=<resize\(\) done.*> took 0.800 seconds", run.err[0])


def test_the_origin_of_a_coroutine_names_who_made_it_where_the_warning_names_who_lost_it(virtual):
    run = virtual("never_awaited")
    assert run.out == ["sent to Grace"]
    assert re.search(r"never_awaited\.py:20: RuntimeWarning: coroutine 'send' was never awaited", run.err[0])
    assert run.err[1] == "Coroutine created at (most recent call last)"
    frames = [line.rpartition(" in ")[2] for line in run.err if line.startswith("  File ")]
    assert frames == ["main", "write"]
    assert '    write("Ada")' in run.err


def test_in_debug_mode_an_unseen_error_comes_with_the_place_where_its_task_was_made(virtual):
    run = virtual("created_at")
    at = next(i for i, line in enumerate(run.err) if "Object created at" in line)
    end = next(i for i, line in enumerate(run.err) if line.startswith("Traceback"))
    made = "\n".join(run.err[at:end])
    assert 'saving = accept("order 7")' in made
    assert "in accept" in made
    assert "in save" not in made
    assert run.err[-1] == "OSError: disk full"


def test_which_switches_turn_debug_mode_on(recording):
    run = recording("switches")
    assert run.out == [
        "nothing: False",
        "asyncio.run(…, debug=True): True",
        "PYTHONASYNCIODEBUG=1: True",
        "python -X dev: True",
        "python -X dev, but debug=False: False",
    ]


def test_print_stack_shows_the_outermost_coroutine_of_each_waiting_task(virtual):
    run = virtual("print_stack")
    assert sum(line.startswith("Stack for <Task pending name='") for line in run.out) == 2
    assert sum(line.endswith("in pack") for line in run.out) == 2
    assert not any(line.endswith("in ask") for line in run.out)
    assert run.second("Stack for <Task pending name='red'") == 0.3


def test_following_what_is_awaited_leads_to_the_innermost_coroutine(virtual):
    run = virtual("innermost")
    assert sum(line.endswith("in pack") for line in run.out) == 1
    start = run.out.index("red waits in")
    assert [line.split(",")[0].strip() for line in run.out[start + 1 :]] == ["pack", "ask"]


def test_a_signal_dumps_all_tasks_and_the_program_goes_on(virtual):
    run = virtual("dump_on_demand")
    names = re.findall(r"Stack for <Task pending name='([^']+)'", "\n".join(run.out))
    assert names == ["Task-1", "mail", "photos"]
    assert run.second("name='photos'") == 0.4
    assert [line.strip() for line in run.out if "async with disk" in line or "sleep(1)" in line] == [
        "await asyncio.sleep(1)",
        "async with disk:",
    ]
    assert run.second("mail: done") == 1.0
    assert run.second("photos: done") == 2.0


def test_faulthandler_shows_the_blocking_line_while_it_blocks(recording):
    run = recording("stuck_thread")
    assert run.err[0] == "Timeout (0:00:00.700000)!"
    assert run.err[2].endswith("line 7 in resize")
    assert sum(line.startswith("Timeout") for line in run.err) == 1
    texts = [line.text for line in run.lines]
    assert texts.index("Timeout (0:00:00.700000)!") < texts.index("large.png: done")


def test_the_call_graph_leads_from_the_innermost_coroutine_to_the_task_that_waits_for_it(virtual):
    run = virtual("call_graph")
    marks = [re.sub(r".*(name='\w+'|in async [\w.]+\(\)).*", r"\1", line) for line in run.out]
    assert [mark for mark in marks if mark.startswith(("name", "in async"))] == [
        "name='red'",
        "in async ask()",
        "in async pack()",
        "name='travel'",
        "in async TaskGroup._aexit()",
        "in async TaskGroup.__aexit__()",
        "in async travel()",
    ]


def test_ps_and_pstree_read_the_tasks_of_another_process(recording):
    run = recording("inspected")
    table = run.out.index("--- python -m asyncio ps PID")
    tree = run.out[1:table]
    # How far a task is indented is how deep it hangs: two regions below main, stations below their region.
    depth = {line.split("(T) ")[1]: line.index("(T)") for line in tree if "(T)" in line}
    assert depth["Task-1"] < depth["north"] == depth["south"] < depth["Oslo"] == depth["Bergen"] == depth["Lima"]
    assert sum("sleep" in line for line in tree) == 3
    names = {line.split()[2] for line in run.out[table + 3 :]}
    assert names == {"Task-1", "north", "south", "Oslo", "Bergen", "Lima"}
    lima = next(line for line in run.out[table:] if " Lima " in line)
    assert "sleep -> read" in lima
    assert lima.split()[-2] == "south"


def test_a_task_that_wakes_late_notices_that_the_loop_was_held_up(virtual):
    run = virtual("late_loop")
    assert [(line.second, line.text) for line in run.lines] == [
        (1.5, "large.png: resized"),
        (1.5, "the loop was held up"),
    ]
    assert run.seconds == 2.0


def test_debug_mode_refuses_at_once_what_otherwise_happens_too_late(recording):
    run = recording("wrong_thread")
    assert run.out == [
        "debug mode: False",
        "a call from the thread",
        "main: ends",
        "debug mode: True",
        "RuntimeError: Non-thread-safe operation invoked on an event loop other than the current one",
        "main: ends",
    ]
    # The thread calls after 0.2 s in both runs. Only where nobody refuses must the call wait until the loop wakes.
    assert run.second("a call from the thread") - run.second("debug mode: False") >= 0.79
