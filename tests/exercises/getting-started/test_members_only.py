def test_who_is_no_member_stays_outside(attempt):
    run = attempt()
    assert "welcome, Mallory" not in run.out, (
        "Mallory is welcomed, but is on no list. What does the condition of the if look at: an answer, or a coroutine?"
    )
    assert "sorry, Mallory, members only" in run.out, "Mallory should be told: “sorry, Mallory, members only”."


def test_members_are_welcome(attempt):
    out = attempt().out
    assert [line for line in out if line.startswith("welcome")] == ["welcome, Ada", "welcome, Grace"], (
        f"Ada and Grace are members and should be welcomed, in this order. The program printed: {out}"
    )


def test_nothing_is_left_unawaited(attempt):
    run = attempt()
    assert run.err == [], f"Python complains on stderr. Read it, it names the line: {run.err[0]}"
