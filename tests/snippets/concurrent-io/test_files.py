COUNTS = ["chapter1.txt: 30 words", "chapter2.txt: 60 words", "chapter3.txt: 90 words"]


def test_aiofiles_reads_several_files(recording):
    assert recording("with_aiofiles").out == COUNTS


def test_to_thread_reads_the_same(recording):
    assert recording("with_to_thread").out == COUNTS


def test_a_slow_read_stops_the_ticks_unless_it_is_in_a_thread(recording):
    out = recording("slow_disk").out
    middle = out.index("reads in a thread")
    in_the_loop, in_a_thread = out[1:middle], out[middle + 1 :]
    assert in_the_loop == ["tick", "a.txt: 3 words"]
    assert in_a_thread == ["tick", "tick", "b.txt: 3 words"]


def test_aiofiles_goes_to_a_thread_for_each_line(recording):
    assert recording("trips").out == [
        "line_by_line: 1000 lines, 1003 trips to a thread",
        "at_once: 1000 lines, 3 trips to a thread",
        "in_one_thread: 1000 lines, 1 trips to a thread",
    ]


def test_every_way_that_is_measured_reads_the_same(recording):
    # How long each took is on the page, from the recording; no test depends on it. The reason is tested: see the trips.
    run = recording("cost")
    assert run.out == [
        "200 small files",
        "plain reading: 200 files",
        "one to_thread for all: 200 files",
        "a to_thread for each: 200 files",
        "aiofiles: 200 files",
        "one file of 3000 lines",
        "plain reading, at once: 3000 lines",
        "plain reading, line by line: 3000 lines",
        "to_thread, at once: 3000 lines",
        "aiofiles, at once: 3000 lines",
        "aiofiles, line by line: 3000 lines",
    ]
    seconds = [line.second for line in run.lines]
    assert seconds == sorted(seconds)


def test_a_read_waits_until_a_thread_is_free(recording):
    assert recording("few_threads").out == ["wants a small file", "a large file is read", "a small file is read"]


def test_two_tasks_mix_their_entries_unless_a_lock_keeps_them_apart(recording):
    assert recording("mixed_entries").out == [
        "without:",
        "Ada begins, Ben begins, Ada ends",
        "Ben ends",
        "with a lock:",
        "Ada begins, Ada ends",
        "Ben begins, Ben ends",
    ]
