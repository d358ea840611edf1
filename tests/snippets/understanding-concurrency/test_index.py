def test_the_dishes_take_turns_in_one_thread_and_take_as_long_as_the_longer(virtual):
    run = virtual("one_cook")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "rice: rinse"),
        (0.0, "curry: fry the spices"),
        (0.3, "rice: boil"),
        (0.6, "curry: simmer"),
        (0.9, "rice: rest"),
        (1.2, "curry: ready"),
        (1.5, "rice: ready"),
        (1.5, "cooks: 1"),
    ]
    assert run.seconds == 1.5
