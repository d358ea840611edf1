def test_rent_and_heating_are_paid(attempt):
    run = attempt()
    assert "main: nothing moves" not in run.out, "Still nothing moves: a task asks for a lock that it has itself"
    for what in ("rent", "heating"):
        assert run.out.count(f"{what}: paid") == 1, f"{what} should be paid once: {run.out}"


def test_nobody_has_a_turn_between_rent_and_heating_and_the_bicycle_is_refused(attempt):
    run = attempt()
    assert "bicycle: paid" not in run.out, (
        "The bicycle was paid with money that was meant for rent and heating: withdraw alone needs the lock too"
    )
    assert run.out.count("bicycle: refused") == 1, f"The bicycle should be refused: {run.out}"
    assert run.second("rent: paid") <= run.second("heating: paid") <= run.second("bicycle: refused"), (
        f"Rent and heating come first, together: {run.out}"
    )


def test_the_account_has_what_is_left(attempt):
    run = attempt()
    assert run.out[-1:] == ["balance: 30"], f"100 less 60 less 10 should be left: {run.out[-1:]}"
