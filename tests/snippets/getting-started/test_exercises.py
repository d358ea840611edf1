def test_asked_one_after_another(virtual):
    run = virtual("both_at_once")
    assert run.second("Cairo: asked") == run.second("Bergen: answered") == 0.8
    assert run.seconds == 1.1


def test_asked_together(virtual):
    run = virtual("both_at_once_solution")
    assert run.second("Cairo: asked") == 0.0
    assert run.out[-1] == "Bergen is 80% cloudy, Cairo is 30% cloudy"
    assert run.seconds == 0.8


def test_without_await_everyone_is_a_member(virtual):
    run = virtual("members_only")
    assert run.out == ["welcome, Ada", "welcome, Mallory", "welcome, Grace"]
    assert any("coroutine 'is_member' was never awaited" in line for line in run.err)


def test_with_await_members_are(virtual):
    run = virtual("members_only_solution")
    assert run.out == ["welcome, Ada", "sorry, Mallory, members only", "welcome, Grace"]
    assert run.err == []
    assert run.seconds == 0.8


def test_the_old_way_loses_the_letter(virtual):
    run = virtual("letter_saved")
    assert "editor: letter saved" not in run.out
    assert "Task was destroyed but it is pending!" in run.err


def test_asyncio_run_saves_it(virtual):
    run = virtual("letter_saved_solution")
    assert run.out[-1] == "editor: letter saved"
    assert run.err == []
    assert run.seconds == 0.5
