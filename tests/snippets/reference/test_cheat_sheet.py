from runnable.snippet import find_snippets

from ...running import PROJECT


def test_no_line_of_a_recipe_is_too_long_for_a_column_on_paper():
    recipes = [one for one in find_snippets(PROJECT)[0] if one.slug.startswith("reference/cheat-sheet/")]
    assert len(recipes) > 10
    long = [
        f"{recipe.place}:{number}: {len(text)} characters; a column of the sheet has room for 68"
        for recipe in recipes
        for number, text in recipe.visible(recipe.sections["recipe"])
        if len(text) > 68
    ]
    assert long == []


def test_run_gives_back_what_main_returns(virtual):
    run = virtual("run")
    assert run.out == ["done"]
    assert run.seconds == 0.2


def test_a_group_and_gather_overlap_and_keep_the_order(virtual):
    run = virtual("all_of_them")
    assert run.out == ["soup is ready, bread is ready", "['tea is ready', 'rice is ready']"]
    assert [line.second for line in run.lines] == [0.4, 0.7]


def test_as_completed_gives_the_earliest_first(virtual):
    run = virtual("as_they_come")
    assert run.out == ["bread is ready", "soup is ready"]
    assert run.second("bread") == 0.2


def test_the_first_of_them_is_enough(virtual):
    run = virtual("first_of_them")
    assert run.out == ["['bread is ready']"]
    assert run.seconds == 0.2


def test_what_is_too_slow_is_given_up(virtual):
    run = virtual("in_time")
    assert run.out == ["bread is ready", "too slow"]
    assert run.second("too slow") == 0.5


def test_what_is_stopped_cleans_up(virtual):
    run = virtual("stop")
    assert run.out == ["oven off"]
    assert run.seconds == 0.2


def test_the_set_keeps_a_task_until_it_is_done(virtual):
    run = virtual("in_the_background")
    assert run.out == ["stock is ready", "left in the set: 0"]
    assert run.second("stock") == 0.2


def test_no_more_than_two_cook_at_the_same_time(virtual):
    run = virtual("at_most")
    assert [line.second for line in run.lines] == [0.1, 0.2, 0.4, 0.6]
    assert run.out == [f"dish {number} is ready" for number in range(1, 5)]


def test_two_workers_share_a_queue(virtual):
    run = virtual("hand_over")
    assert run.out == ["soup is ready", "bread is ready", "stew is ready"]
    assert [line.second for line in run.lines] == [0.2, 0.2, 0.4]


def test_a_lock_lets_one_in_at_a_time(virtual):
    run = virtual("one_at_a_time")
    assert run.out == ["egg: in the pan", "egg: out of it", "fish: in the pan", "fish: out of it"]
    assert run.seconds == 0.4


def test_threads_call_what_blocks(recording):
    run = recording("call_what_blocks")
    assert run.out == ["coffee is ground", "mint is ground"]


def test_a_stream_server_answers(virtual):
    run = virtual("talk")
    assert run.out == ["SOUP, PLEASE"]
    assert run.err == []


def test_a_child_process_says_something(recording):
    run = recording("run_a_command")
    assert run.out == ["from a child 0"]
