"""A client that says nothing is sent away; one that speaks is served."""


def test_the_silent_client_is_sent_away_after_a_second(attempt):
    run = attempt()
    assert run.exit == 0, f"the program fails: {run.err}"
    closed = [line.second for line in run.lines if line.text == "silent: the server has closed"]
    assert closed, "the silent client is still connected when it leaves by itself. What ends the server's wait?"
    assert 0.95 < closed[0] < 1.1, f"the silent client is sent away after {closed[0]:.1f} s, not after 1 s"


def test_the_talker_gets_its_answer(attempt):
    run = attempt()
    assert "talker: got b'hello, Ada\\n'" in run.out, (
        f"the talker, who speaks after 0.1 s, must be greeted as before. It printed {run.out}"
    )


def test_nothing_is_reported_on_stderr(attempt):
    err = attempt().err
    assert not err, f"an error got out of the handler: {err[-1]}. Who catches the TimeoutError?"
