def test_what_is_ready_within_a_second_is_served(attempt):
    run = attempt()
    for dish, second in [("soup", 0.5), ("roast", 0.9)]:
        assert f"{dish}: served" in run.out, (
            f"The {dish} is ready at {second} s and should be served: closing gives every dish a second."
        )
        assert run.second(f"{dish}: served") == second, f"The {dish} should be served when it is ready, at {second} s."


def test_what_takes_longer_is_thrown_away(attempt):
    run = attempt()
    assert "cake: thrown away" in run.out, "The cake would take 5 s. After a second it should be cancelled."
    assert run.second("cake: thrown away") == 1.3, (
        "The signal comes at 0.3 s, and the cake has one second from then on, so it should be thrown away at 1.3 s, "
        f"and was at {run.second('cake: thrown away'):.1f} s."
    )


def test_the_program_ends_in_order(attempt):
    run = attempt()
    assert run.out[-1:] == ["closed"], (
        f"The last line should be “closed”, after all dishes. It is: {run.out[-1:]}. "
        "Does main wait until the cake's task has ended?"
    )
    assert run.exit == 0, f"The program should end with exit status 0, and ended with {run.exit}."
