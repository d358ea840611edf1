def test_a_global_is_overwritten_by_the_other_task(virtual):
    run = virtual("one_global")
    assert run.out == ["[Ana] arrived", "[Ben] arrived", "[Ben] basket loaded", "[Ben] basket loaded"]


def test_a_context_variable_has_a_value_for_each_task(virtual):
    run = virtual("one_each")
    assert run.out == ["[Ana] arrived", "[Ben] arrived", "[Ana] basket loaded", "[Ben] basket loaded"]
    assert run.seconds == 0.2, "both visitors were served at the same time"


def test_a_task_has_a_copy_from_its_creation_and_an_await_shares_the_context(virtual):
    run = virtual("copied")
    assert run.out == [
        "  switch: was German",
        "  switch: now French",
        "after the task: Dutch",
        "  switch: was Dutch",
        "  switch: now Polish",
        "after the await: Polish",
    ]


def test_to_thread_takes_the_context_along_and_run_in_executor_does_not(recording):
    run = recording("in_threads")
    assert run.out == ["to_thread: for Ana", "run_in_executor: for nobody", "a copy: for Ana"]


def test_the_copy_is_shallow(virtual):
    run = virtual("shallow")
    assert run.out == [
        "Ana: shared ['Ana', 'Ben'], own ['Ana']",
        "Ben: shared ['Ana', 'Ben'], own ['Ben']",
        "main: shared ['Ana', 'Ben'], own []",
    ]


def test_reset_and_the_block_of_3_14_restore_the_old_value(virtual):
    assert virtual("set_back").out == ["greeting in German", "greeting in English"]
    assert virtual("set_for_a_block").out == ["greeting in German", "greeting in English"]


def test_a_generator_sets_variables_of_its_consumer(virtual):
    assert virtual("leaks_from_generator").out == ["guten Tag: German", "good day: English"]


def test_changes_in_a_given_context_can_be_read_afterwards(virtual):
    assert virtual("given_context").out == ["in main: nobody", "in the context: Ana"]
