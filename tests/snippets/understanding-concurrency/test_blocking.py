def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_no_task_has_a_turn_while_a_call_blocks(virtual):
    run = virtual("one_blocks")
    assert history(run) == [
        (0.0, "tick 1"),
        (0.2, "tick 2"),
        (0.3, "report: begins"),
        (1.0, "report: ends"),
        (1.0, "tick 3"),
        (1.2, "tick 4"),
        (1.4, "tick 5"),
    ]


def test_beside_a_thread_that_blocks_the_ticks_go_on(recording):
    out = recording("in_a_thread").out
    assert [line for line in out if line.startswith("tick")] == [f"tick {number}" for number in range(1, 6)]
    meanwhile = out[out.index("report: begins") + 1 : out.index("report: ends")]
    assert len(meanwhile) >= 2, "the ticks go on"


def test_a_computation_lets_others_have_turns_only_where_it_awaits(recording):
    assert recording("computing_blocks").out == [
        "without an await: no tick meanwhile",
        "with an await now and then: the ticks went on",
    ]


def test_a_watch_tells_of_a_blocking_call_and_not_of_a_wait(virtual):
    run = virtual("watch")
    assert history(run) == [
        (0.25, "main: waits"),
        (0.75, "main: blocks"),
        (1.55, "main: goes on"),
        (1.55, "watch: something has blocked the loop"),
    ]
