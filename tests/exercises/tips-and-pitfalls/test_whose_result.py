ROOMS = {"kitchen": ("21 °C", 0.2), "cellar": ("12 °C", 0.4), "attic": ("17 °C", 0.6)}


def test_each_line_names_the_room_that_was_measured(attempt):
    run = attempt()
    assert run.exit == 0, f"The program fails: {run.err[-1:]}"
    assert len(run.out) == len(ROOMS), f"There should be a line for each of {len(ROOMS)} rooms: {run.out}"
    for room, (temperature, _) in ROOMS.items():
        lines = [line for line in run.out if room in line]
        assert len(lines) == 1, f"{room} should be named in one line, and is in {len(lines)}: {run.out}"
        assert temperature in lines[0], f"{room} has {temperature}, and your line says: {lines[0]}"


def test_each_line_comes_as_soon_as_the_room_is_measured(attempt):
    run = attempt()
    for room, (_, seconds) in ROOMS.items():
        came = [line.second for line in run.lines if room in line.text]
        assert came == [seconds], (
            f"{room} is measured after {seconds} s, and its line came at {came}. Are all rooms still measured together?"
        )
