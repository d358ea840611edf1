def test_the_await_gives_what_the_bell_said(attempt):
    run = attempt()
    assert run.out == ["the bell said ding"], (
        "The program should print one line, “the bell said ding”: rings has to return what the bell calls back with. "
        f"It printed: {run.out}"
    )


def test_it_comes_when_the_bell_rings(attempt):
    run = attempt()
    assert run.second("the bell said") == 0.5, (
        f"The bell rings after 0.5 s, but main went on after {run.second('the bell said'):.1f} s. "
        "Await something that is done when the bell rings."
    )
