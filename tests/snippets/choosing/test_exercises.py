def test_the_old_library_is_asked_one_question_at_a_time_until_it_has_threads(recording):
    answers = ["Oslo: rain", "Lima: rain", "Cairo: rain"]
    assert recording("library_that_blocks").out == [*answers, "at once: 1"]
    assert recording("library_that_blocks_solution").out == [*answers, "at once: 3"]


def test_a_pool_has_no_more_under_way_than_it_has_threads(recording):
    assert recording("no_more_than_four").out == ["12 pages, 12 at once"]
    assert recording("no_more_than_four_solution").out == ["12 pages, 4 at once"]


def test_the_loop_goes_on_once_another_process_computes(recording):
    start, solution = recording("out_of_the_loop").out, recording("out_of_the_loop_solution").out
    assert start[0] == solution[0] == "parcel 4: 11999994 g"
    assert start[1:] == ["in another process: False", "the loop went on: False"]
    assert solution[1:] == ["in another process: True", "the loop went on: True"]
