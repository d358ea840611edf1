"""The oven has room for one."""


def test_never_two_in_the_oven(attempt):
    inside = []
    for line in attempt().out:
        name, _, what = line.partition(": ")
        if what == "into the oven":
            inside.append(name)
            assert len(inside) == 1, f"{' and '.join(inside)} are in the oven together. Who holds the lock meanwhile?"
        elif what == "out of the oven":
            assert name in inside, f"{name} comes out of the oven, but never went in. Keep both lines of bake."
            inside.remove(name)
    assert not inside, f"{inside[0]} stays in the oven"


def test_all_three_are_baked_for_as_long_as_they_need(attempt):
    run = attempt()
    assert run.exit == 0, f"the program fails: {run.err}"
    for name, seconds in [("bread", 0.6), ("cake", 0.9), ("pizza", 0.3)]:
        baked = run.second(f"{name}: out of the oven") - run.second(f"{name}: into the oven")
        assert abs(baked - seconds) < 0.001, f"{name} was in the oven for {baked:.1f} s and needs {seconds} s"
