def test_an_event_set_from_a_thread_is_noticed_only_when_something_else_wakes_the_loop(recording):
    run = recording("set_from_a_thread")
    assert run.out == ["thread: presses the button", "main: the button was pressed"]
    # The only other thing in the loop is a timer of one second, and a timer never comes early.
    assert run.second("main: the button") > run.second("thread: presses") + 0.1
    assert run.second("main: the button") >= 1.0


def test_call_soon_threadsafe_wakes_the_loop(recording):
    # Nothing else is in this loop: not woken, it would sleep for ever, and there would be no recording.
    run = recording("call_soon_threadsafe")
    assert run.out == ["thread: presses the button", "main: the button was pressed"]
    assert run.exit == 0


def test_debug_mode_refuses_a_call_from_another_thread(recording):
    run = recording("debug_tells")
    assert run.out == ["RuntimeError: Non-thread-safe operation invoked on an event loop other than the current one"]
    assert run.exit == 0


def test_a_full_queue_slows_the_thread_that_feeds_it(recording):
    run = recording("feeds_a_queue")
    assert run.out == [
        "thread: 17 is in the queue",
        "thread: 18 is in the queue",
        "task: 17 is saved",
        "thread: 19 is in the queue",
        "task: 18 is saved",
        "thread: None is in the queue",
        "task: 19 is saved",
    ]


def test_a_lock_of_threading_stops_the_loop_and_so_its_holder(recording):
    run = recording("thread_lock_freezes")
    assert run.out == ["Ada: has the lock", "Ben: no lock after 0.6 s, gives up", "Ada: has released it"]
    # Ada needed 0.2 s, and got her turn only after Ben had given up.
    assert run.second("Ada: has released it") - run.second("Ada: has the lock") >= 0.5


def test_an_asyncio_lock_around_to_thread_keeps_the_threads_apart(recording):
    run = recording("lock_around_threads")
    assert run.out == ["two threads at once: 50", "one thread at a time: 20"]


def test_a_cancelled_task_releases_the_lock_while_its_thread_runs_on(recording):
    run = recording("cancelled_but_running")
    assert run.out == [
        "photos: the thread begins",
        "mail: the thread begins",
        "photos: the thread ends",
        "mail: the thread ends",
    ]


def test_an_event_that_waited_in_one_loop_does_not_work_in_another(recording):
    run = recording("bound_to_a_loop")
    assert run.out[0] == "waited"
    assert run.out[1].startswith("RuntimeError: <asyncio.locks.Event object at ")
    assert run.out[1].endswith("is bound to a different event loop")
