import re


def test_twelve_pages_come_four_at_once(attempt):
    run = attempt.real()
    told = [match for line in run.out if (match := re.fullmatch(r"(\d+) pages, (\d+) at once", line))]
    assert len(told) == 1, f"The program should say how many pages came, as at first. It printed: {run.out}"
    pages, most = map(int, told[0].groups())
    assert pages == 12, f"All twelve pages should be there before the last line. There are {pages}."
    assert most <= 4, f"{most} downloads were under way at once. The server allows four."
    assert most == 4, f"Only {most} at once: the server allows four, and there are enough pages."
