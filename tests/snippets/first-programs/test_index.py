def test_six_links_are_checked_three_at_a_time_and_reported_as_they_come_back(virtual):
    run = virtual("check_links")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "checking 6 links"),
        (0.2, "1 of 6: /about ok"),
        (0.6, "2 of 6: /old 404"),
        (1.0, "3 of 6: /news ok"),
        (1.4, "4 of 6: /shop ok"),  # takes 1.2 s, from 0.2 s on, when /about was done
        (1.8, "5 of 6: /team ok"),  # takes 0.8 s, from 1 s on, when /news was done
        (2.2, "6 of 6: /map no answer"),  # given up after 1.6 s, counted from 0.6 s on, when /old was done
    ]
    assert run.seconds == 2.2
