"""Whoever has ordered is served."""

DISHES = ["soup", "salad", "pasta", "fish", "cake"]


def test_every_order_is_served_once(attempt):
    run = attempt()
    assert run.exit == 0, f"the program fails: {run.err}"
    served = [line.rpartition(" ")[2] for line in run.out if ": served " in line]
    missing = [dish for dish in DISHES if dish not in served]
    assert not missing, f"never served: {', '.join(missing)}. What does main wait for before it closes?"
    assert len(served) == len(DISHES), f"served more than once: {served}"


def test_it_closes_with_the_last_dish_and_not_later(attempt):
    run = attempt()
    assert run.out[-1] == "main: closes", "the last line must be “main: closes”"
    last = max(line.second for line in run.lines if ": served " in line.text)
    assert run.second("main: closes") - last < 0.001, (
        f"the last dish is served at {last:.1f} s, and it closes only at {run.second('main: closes'):.1f} s. "
        "Do not guess a time: wait for the last dish."
    )


def test_two_waiters_share_the_work(attempt):
    run = attempt()
    assert {line.partition(":")[0] for line in run.out if ": served " in line} == {"Ada", "Ben"}
    assert run.seconds < 1.2, f"two waiters need 1.1 s, and this took {run.seconds:.1f} s"
