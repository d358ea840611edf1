def test_three_workers_crawl_at_the_same_time_and_one_bad_page_stops_nobody(virtual):
    run = virtual("crawl")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.2, "/: 3 links"),
        (0.5, "/coffee: 2 links"),
        (0.5, "/gone: KeyError"),
        (0.6, "/tea: 2 links"),
        (0.7, "/map: TimeoutError"),
        (0.8, "/green: 1 links"),
        (0.8, "6 pages"),
    ]
