def test_the_service_finishes_what_it_took_and_turns_its_printer_off(virtual):
    run = virtual("small_service")
    received = [line.rpartition(" ")[2] for line in run.out if line.startswith("received")]
    printed = [line.rpartition(" ")[2] for line in run.out if line.startswith("  printed")]
    assert received == printed == ["1", "2", "3"]
    assert run.second("told to stop") == 1.2
    assert run.second("printed letter 3") == 2.7, "one after the other, the last one after the signal"
    assert run.out[-1] == "printer: off"
    assert run.exit == 0
