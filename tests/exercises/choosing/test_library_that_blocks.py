def test_three_questions_are_under_way_at_once(attempt):
    run = attempt.real()
    counts = [line for line in run.out if line.startswith("at once: ")]
    assert counts == ["at once: 3"], (
        f"All three questions should be under way at once. The program printed: {counts or run.out}. While the library "
        "blocks, the event loop cannot begin the next question: where could the call run instead?"
    )


def test_the_answers_keep_their_order(attempt):
    run = attempt.real()
    assert [line for line in run.out if "rain" in line] == ["Oslo: rain", "Lima: rain", "Cairo: rain"], (
        f"The answers should come in the order Oslo, Lima, Cairo. The program printed: {run.out}"
    )
