def test_three_workers_crawl_at_the_same_time_and_one_bad_page_stops_nobody(virtual):
    run = virtual("crawl")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.1, "/: 3 links"),
        (0.3, "/coffee: 2 links"),
        (0.3, "/gone: KeyError"),
        (0.6, "/tea: 2 links"),
        (0.9, "/green: 1 links"),
        (1.3, "/map: TimeoutError"),
        (1.3, "6 pages"),
    ]
