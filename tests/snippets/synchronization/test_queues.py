def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_camera_and_printer_overlap_and_the_order_is_kept(virtual):
    run = virtual("producer_consumer")
    assert history(run) == [
        (0.2, "camera: lake"),
        (0.4, "camera: forest"),
        (0.5, "printer: lake is printed"),
        (0.6, "camera: summit"),
        (0.8, "printer: forest is printed"),
        (1.1, "printer: summit is printed"),
    ]


def test_join_returns_when_every_job_is_reported_done(virtual):
    run = virtual("several_workers")
    assert history(run) == [
        (0.2, "worker B: forest is printed"),
        (0.4, "worker B: summit is printed"),
        (0.7, "worker A: lake is printed"),
        (0.8, "worker B: hut is printed"),
        (0.8, "main: every photo is printed"),
    ]
    assert run.second("main: every photo is printed") == run.second("hut is printed")


def test_a_get_that_is_given_up_takes_nothing(virtual):
    run = virtual("gives_up_waiting")
    assert history(run) == [
        (0.6, "nothing yet"),
        (0.9, "got lake, and 0 are left"),
    ]


def test_join_counts_reports_and_not_what_was_taken_out(virtual):
    run = virtual("counts")
    assert history(run) == [
        (0.0, "lake"),
        (0.5, "taken out, but not reported done: join waits"),
        (0.5, "reported done: join returns"),
        (0.5, "ValueError: task_done() called too many times"),
    ]


def test_an_unbounded_queue_never_slows_the_producer(virtual):
    run = virtual("unbounded")
    assert history(run) == [
        (0.4, "printer: photo 1"),
        (0.6, "camera: done, 4 photos wait"),
        (0.7, "printer: photo 2"),
        (1.0, "printer: photo 3"),
        (1.3, "printer: photo 4"),
        (1.6, "printer: photo 5"),
        (1.9, "printer: photo 6"),
    ]


def test_a_full_queue_makes_the_producer_wait_for_the_consumer(virtual):
    run = virtual("full_queue")
    assert history(run) == [
        (0.4, "printer: photo 1"),
        (0.7, "printer: photo 2"),
        (1.0, "printer: photo 3"),
        (1.0, "camera: done, 2 photos wait"),
        (1.3, "printer: photo 4"),
        (1.6, "printer: photo 5"),
        (1.9, "printer: photo 6"),
    ]
    assert run.second("camera: done") == run.second("photo 3")


def test_room_for_a_burst_saves_time_and_more_room_saves_none(virtual):
    run = virtual("sizes")
    assert history(run) == [
        (0.0, "maxsize 1: begins"),
        (0.56, "maxsize 1: done, at most 1 waited"),
        (0.56, "maxsize 4: begins"),
        (0.96, "maxsize 4: done, at most 4 waited"),
        (0.96, "maxsize 100: begins"),
        (1.36, "maxsize 100: done, at most 4 waited"),
    ]


def test_put_nowait_never_waits_and_drops_what_finds_no_room(virtual):
    run = virtual("drop_when_full")
    assert history(run) == [
        (0.6, "sensor: value 3 is dropped"),
        (0.7, "radio: value 1 is sent"),
        (1.0, "sensor: value 5 is dropped"),
        (1.2, "radio: value 2 is sent"),
        (1.7, "radio: value 4 is sent"),
    ]


def test_the_most_urgent_is_treated_next_whoever_came_first(virtual):
    run = virtual("priority")
    assert history(run) == [
        (0.0, "doctor: a broken arm (urgency 2)"),
        (0.6, "doctor: a cold (urgency 3)"),
        (0.9, "an ambulance arrives"),
        (1.2, "doctor: a heart attack (urgency 1)"),
        (1.8, "doctor: a cough (urgency 3)"),
    ]


def test_equal_priorities_compare_what_follows_and_a_number_keeps_the_order(virtual):
    run = virtual("ties")
    assert history(run) == [
        (0.0, "TypeError: '<' not supported between instances of 'dict' and 'dict'"),
        (0.0, "Ben"),
        (0.0, "Cleo"),
        (0.0, "Ada"),
    ]


def test_each_worker_ends_at_a_none_of_its_own(virtual):
    run = virtual("sentinel")
    assert history(run) == [
        (0.9, "worker A: lake is printed"),
        (1.5, "worker B: forest is printed"),
        (1.8, "worker B: goes home"),
        (2.1, "worker A: summit is printed"),
        (2.1, "worker A: goes home"),
    ]


def test_after_shutdown_what_waits_is_done_and_nothing_is_taken_in(virtual):
    run = virtual("shut_down")
    assert history(run) == [
        (0.9, "worker A: lake is printed"),
        (1.5, "worker B: forest is printed"),
        (1.8, "main: the queue takes no more"),
        (1.8, "worker B: goes home"),
        (2.1, "worker A: summit is printed"),
        (2.1, "worker A: goes home"),
    ]


def test_an_immediate_shutdown_drops_what_waits(virtual):
    run = virtual("shut_down_at_once")
    assert history(run) == [
        (0.3, "worker: lake is printed"),
        (0.4, "main: closes now, 2 photos are dropped"),
        (0.6, "worker: forest is printed"),
        (0.6, "worker: goes home"),
        (0.6, "main: nothing is left to do"),
    ]


def test_join_hangs_when_the_consumer_has_died(virtual):
    run = virtual("dead_consumer")
    assert history(run) == [
        (0.2, "cake for 5: 12 g each"),
        (1.0, "main: gives up, although join would wait on"),
        (1.0, "waiting in the queue: 1"),
        (1.0, "consumer: died of ZeroDivisionError"),
    ]


def test_in_a_group_the_death_of_the_consumer_ends_the_wait(virtual):
    run = virtual("dead_consumer_noticed")
    assert history(run) == [
        (0.2, "cake for 5: 12 g each"),
        (0.4, "main: the consumer died of ZeroDivisionError"),
    ]


def test_a_consumer_that_handles_errors_and_always_reports_lets_join_return(virtual):
    run = virtual("bad_item")
    assert history(run) == [
        (0.2, "cake for 5: 12 g each"),
        (0.4, "cake for 0: ZeroDivisionError"),
        (0.6, "cake for 4: 15 g each"),
        (0.6, "main: all cakes are cut"),
    ]
