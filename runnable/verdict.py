"""What is wrong with a run, in words for the person who wrote the program."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable

from runnable.capture import MOST_BYTES
from runnable.problem import Problem, listed
from runnable.process import Ended
from runnable.recording import Line
from runnable.snippet import Snippet

_TAIL = 12
"""Lines of stderr that an error shows."""


_TRACEBACK = re.compile(r"(?P<group>  \+ Exception Group )?Traceback \(most recent call last\):$")


def signal_name(status: int) -> str:
    """`SIGKILL` for -9."""
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def problems_of(snippet: Snippet, ended: Ended, lines: list[Line], shorten: Callable[[str], str]) -> list[Problem]:
    """What is wrong with a run of the program, worst first; nothing where it ended as its header says.

    `lines` are its output, `shorten` cuts the paths in a text as those in the output were cut.
    """
    errors = [line.text for line in lines if line.stream == "err"]
    tail = "\n".join(errors[-_TAIL:])
    found: list[Problem] = []

    def wrong(line: int | None, what: str, details: str = "") -> None:
        found.append(Problem(snippet.place, line, what, details))

    if ended.timed_out:
        tasks = shorten(ended.tasks)
        what = (
            f"it still ran after {snippet.header.timeout:g} s and was killed. "
            "Make it end sooner, or give it more time with “timeout” in its header."
        )
        wrong(_last_line(snippet, tasks), what, f"Where it stood:\n{tasks}" if tasks else "")
    elif ended.capture.overflowed:
        wrong(None, f"it wrote more than {MOST_BYTES // 1_000_000} MB and was killed. Make it print less.")
    elif ended.status != snippet.header.exit:
        _wrong_exit(snippet, ended.status, errors, tail, wrong)
    if ended.capture.not_utf8 is not None:
        wrong(None, f"it wrote bytes that are not UTF-8: {ended.capture.not_utf8}. Encode its output as UTF-8.")
    if ended.left_running:
        wrong(None, f"it ended and left running: {listed(ended.left_running)}. End what it starts before it ends.")
    return found


def _wrong_exit(
    snippet: Snippet, status: int, errors: list[str], tail: str, wrong: Callable[[int | None, str, str], None]
) -> None:
    expected = snippet.header.exit
    if status < 0:
        wrong(None, f"{signal_name(status)} killed it. Mend it, or say “exit = {status}” in its header.", tail)
    elif status == 0:
        what = f"it ended with exit status 0, but its header says “exit = {expected}”. Mend it, or correct the header."
        wrong(snippet.header_line("exit"), what, tail)
    else:
        raised = _raised(errors)
        after = f" after “{raised}”" if raised else ""
        header = f"its header says “exit = {expected}”" if expected else "it should end with 0"
        what = (
            f"it ended with exit status {status}{after}, but {header}. "
            f"Mend it, or say “exit = {status}” in its header where that is the lesson."
        )
        wrong(_last_line(snippet, "\n".join(errors)), what, tail)


def _raised(errors: list[str]) -> str:
    """The last line of the last traceback: what was raised, in Python's words; "" where there is none."""
    raised = ""
    for number, text in enumerate(errors):
        start = _TRACEBACK.match(text)
        if start is None:
            continue
        margin = "  | " if start["group"] else ""
        inner = (line.removeprefix(margin) for line in errors[number + 1 :] if line.startswith(margin))
        raised = next((line for line in inner if not line.startswith((" ", "+"))), raised)
    # Of an error in its syntax Python shows no traceback.
    return raised or next((line for line in reversed(errors) if re.match(r"\w*Error: ", line)), "")


def _last_line(snippet: Snippet, text: str) -> int | None:
    """The last line of the program that a traceback or a list of tasks names."""
    place = re.escape(snippet.place)
    numbers = re.findall(rf"{place}(?:\", line |:)(\d+)", text)
    return int(numbers[-1]) if numbers else None
