import re


def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_a_retry_waits_longer_each_time_and_at_random(virtual):
    waits = []
    for _ in range(5):
        run = virtual("retry")
        assert run.out == ["attempt 1: the server is busy", "attempt 2: the server is busy", "forecast: sunny"]
        first = run.second("attempt 2") - run.second("attempt 1") - 0.1
        second = run.second("sunny") - run.second("attempt 2") - 0.1
        assert -1e-5 <= first <= 0.2 + 1e-5
        assert -1e-5 <= second <= 0.4 + 1e-5
        waits.append(first)
    assert len(set(waits)) > 1, "the waits of five runs are all the same: no jitter"


def test_a_refusal_that_will_not_change_is_not_tried_again(virtual):
    assert history(virtual("never_again")) == [
        (0.1, "attempt 1: status 503"),
        (0.3, "attempt 2: status 503"),
        (0.6, "got the page news"),
        (0.7, "attempt 1: status 404"),
        (0.7, "gave up: status 404"),
    ]


def test_a_retry_pays_twice_unless_the_key_stays_the_same(virtual):
    run = virtual("paid_twice")
    assert run.out == [
        "  no answer, so once more",
        "a new key each time: paid",
        "  taken from the account: 1000",
        "  no answer, so once more",
        "one key for the order: paid",
        "  taken from the account: 500",
    ]


def counts(run):
    (line,) = run.out
    clients, requests, refused = map(int, re.findall(r"\d+", line))
    assert requests - refused == clients == 24, "every client was served in the end"
    return refused


def test_jitter_means_fewer_refusals_and_an_earlier_end(virtual):
    in_step, spread_out = virtual("in_step"), virtual("spread_out")
    assert counts(in_step) == 84
    assert counts(spread_out) < 0.75 * counts(in_step)
    assert spread_out.seconds < 0.75 * in_step.seconds


def test_a_budget_keeps_retries_to_a_share_of_the_calls(virtual):
    run = virtual("retry_budget")
    assert run.out == ["no budget: 50 calls, 200 requests", "a budget: 50 calls, 59 requests"]


def test_timeouts_of_each_call_add_up(virtual):
    run = virtual("nested_timeouts")
    assert run.seconds == run.second("the page is ready") == 1.8


def test_a_deadline_holds_for_the_whole_chain(virtual):
    assert history(virtual("deadline")) == [
        (0.0, "login: begins"),
        (0.6, "login: done"),
        (0.6, "basket: begins"),
        (1.2, "basket: done"),
        (1.2, "prices: begins"),
        (1.5, "the visitor gets an apology"),
    ]


def test_a_call_that_cannot_be_in_time_is_not_begun(virtual):
    run = virtual("not_worth_beginning")
    assert run.out[-2:] == ["basket: done", "too late to ask prices"]
    assert "prices: begins" not in run.out
    assert run.seconds == 1.2


def test_a_hedge_asks_a_second_server_only_after_the_delay_and_calls_off_the_loser(virtual):
    assert history(virtual("hedged")) == [
        (0.0, "Oslo: asked"),
        (0.2, "the answer of Oslo"),
        (0.2, "Oslo: asked"),
        (0.6, "Lima: asked"),
        (0.9, "Oslo: called off"),
        (0.9, "the answer of Lima"),
    ]


def test_the_first_success_wins_over_an_earlier_failure(virtual):
    run = virtual("first_success")
    assert history(run) == [
        (0.0, "Oslo: asked"),
        (0.0, "Lima: asked"),
        (0.0, "Rome: asked"),
        (0.4, "Rome: called off"),
        (0.4, "19"),
        (0.4, "Oslo: asked"),
        (0.4, "Lima: asked"),
        (0.8, "Oslo is down, Lima is down"),
    ]


def test_the_delay_decides_what_hedging_costs_and_gains(virtual):
    run = virtual("what_hedging_costs")
    ends = [line.second for line in run.lines]
    assert [line for line in run.out if "answers" in line] == [
        "  20 answers, 20 requests",
        "  20 answers, 22 requests",
        "  20 answers, 40 requests",
    ]
    took = [round(ends[1] - ends[0], 6), round(ends[3] - ends[2], 6), round(ends[5] - ends[4], 6)]
    assert took == [0.8, 0.4, 0.1]
