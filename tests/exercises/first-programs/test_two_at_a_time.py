def test_there_are_never_more_than_two_requests_at_work(attempt):
    run = attempt()
    assert "at work at the same time, at most: 2" in run.out, (
        "The server should count two requests at the same time, no more and no fewer. "
        f"Its count is in the last line: {run.last}"
    )


def test_every_song_arrives(attempt):
    run = attempt()
    missing = [number for number in range(1, 7) if f"song {number} is here" not in run.out]
    assert missing == [], f"These songs never arrived: {missing}"


def test_there_are_always_two_under_way(attempt):
    run = attempt()
    assert run.seconds < 1.5, (
        f"Two at a time, the six songs take 1.2 s; one after another 2.1 s. Your program took {run.seconds:.1f} s. "
        "Is a place given back as soon as its song is there?"
    )
