def test_at_first_a_silent_client_stays(virtual):
    run = virtual("silent_client")
    assert run.second("talker: got b'hello, Ada") == 0.1
    assert run.second("silent: still connected") == 1.8


def test_with_a_timeout_it_is_sent_away(virtual):
    run = virtual("silent_client_solution")
    assert run.second("talker: got b'hello, Ada") == 0.1
    assert run.second("silent: the server has closed") == 1.0


def test_at_first_nothing_ticks_while_main_reads(recording):
    assert recording("slow_read").out == ["tick", "main: reads", "main: has the words of letter.txt"]


def test_in_a_thread_the_ticks_go_on(recording):
    out = recording("slow_read_solution").out
    assert "tick" in out[out.index("main: reads") : out.index("main: has the words of letter.txt")]


def test_at_first_the_program_runs_to_its_end(recording):
    assert recording("slow_program").out == [
        "main: gives up",
        "program: done, for nobody",
        "main: the program has ended",
    ]


def test_killed_it_prints_nothing_more(recording):
    assert recording("slow_program_solution").out == ["main: gives up", "main: the program has ended"]
