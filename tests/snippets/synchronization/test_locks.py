def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_the_second_withdrawal_reads_only_after_the_first_has_written(virtual):
    run = virtual("lock")
    assert history(run) == [
        (0.0, "Ada: sees 100, takes 30"),
        (0.2, "Ada: leaves 70"),
        (0.2, "Ben: sees 70, takes 50"),
        (0.6, "Ben: leaves 20"),
        (0.6, "80 of 100 are gone, and the balance is 20"),
    ]


def test_a_lock_of_ones_own_excludes_nobody(virtual):
    run = virtual("one_lock_each")
    assert history(run) == [
        (0.0, "Ada: sees 100, takes 30"),
        (0.0, "Ben: sees 100, takes 50"),
        (0.2, "Ada: leaves 70"),
        (0.4, "Ben: leaves 50"),
        (0.4, "80 of 100 are gone, and the balance is 50"),
    ]


def test_a_lock_per_account_lets_different_accounts_overlap(virtual):
    run = virtual("lock_per_account")
    assert history(run) == [
        (0.0, "rent: sees 100, takes 30"),
        (0.0, "food: sees 100, takes 10"),
        (0.2, "food: leaves 90"),
        (0.5, "rent: leaves 70"),
        (0.5, "rent: sees 70, takes 50"),
        (1.0, "rent: leaves 20"),
    ]


def test_a_lock_held_across_a_fetch_makes_the_fetches_wait_for_each_other(virtual):
    run = virtual("held_too_long")
    assert history(run) == [
        (0.3, "tea: 3"),
        (0.7, "milk: 4"),
        (1.2, "sugar: 5"),
        (1.2, "all: {'tea': 3, 'milk': 4, 'sugar': 5}"),
    ]


def test_without_the_lock_the_fetches_overlap_and_nothing_is_lost(virtual):
    run = virtual("held_briefly")
    assert history(run) == [
        (0.3, "tea: 3"),
        (0.4, "milk: 4"),
        (0.5, "sugar: 5"),
        (0.5, "all: {'tea': 3, 'milk': 4, 'sugar': 5}"),
    ]


def test_an_exception_leaves_the_block_and_frees_the_lock(virtual):
    run = virtual("holder_raises")
    assert history(run) == [
        (0.0, "Ada: at the printer"),
        (0.2, "Ben: at the printer"),
        (0.4, "Ben: printed"),
        (0.4, "RuntimeError('Ada has no paper') and the printer is free: True"),
    ]


def test_a_lock_whose_holder_died_stays_locked(virtual):
    run = virtual("release_forgotten")
    assert history(run) == [
        (0.0, "Ada: at the printer"),
        (1.0, "Ada: RuntimeError('Ada has no paper')"),
        (1.0, "Ben: still waits"),
        (1.0, "nobody is at the printer, and it is locked: True"),
    ]


def test_whoever_gives_up_waiting_takes_nothing_and_the_next_gets_the_lock(virtual):
    run = virtual("give_up_waiting")
    assert history(run) == [
        (0.0, "Ada: at the printer"),
        (0.3, "Ben: has waited long enough"),
        (0.6, "Ada: printed"),
        (0.6, "Cleo: at the printer"),
        (0.8, "Cleo: printed"),
    ]


def test_the_lock_goes_to_whoever_has_waited_longest_even_before_the_one_who_released_it(virtual):
    run = virtual("in_turn")
    assert history(run) == [
        (0.0, "Ada: page 1"),
        (0.2, "Ben: page 1"),
        (0.4, "Cleo: page 1"),
        (0.6, "Ada: page 2"),
        (0.8, "Ada: page 3"),
    ]


def test_a_lock_taken_twice_by_one_task_waits_for_itself(virtual):
    run = virtual("waits_for_itself")
    assert history(run) == [
        (0.0, "saves letter"),
        (0.5, "nothing was saved: save waits for save_all, which waits for save"),
    ]


def test_two_locks_in_opposite_order_deadlock(virtual):
    run = virtual("opposite_order")
    assert history(run) == [
        (0.0, "Ada: has one account"),
        (0.0, "Ben: has one account"),
        (1.0, "each waits for what the other has"),
    ]


def test_two_locks_in_one_order_do_not_deadlock(virtual):
    run = virtual("same_order")
    assert history(run) == [
        (0.0, "Ada: has account 1"),
        (0.2, "Ada: has both, moves the money"),
        (0.2, "Ben: has account 1"),
        (0.4, "Ben: has both, moves the money"),
    ]


def test_anyone_can_release_a_lock(virtual):
    run = virtual("no_owner")
    assert history(run) == [
        (0.0, "careful: has the lock"),
        (0.2, "careless: has released it"),
        (0.4, "careful: thinks that it still has it"),
        (0.4, "careful: RuntimeError('Lock is not acquired.')"),
    ]
