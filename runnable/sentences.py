"""What is the case in lanes and spans, in words: for titles, for the table, for the replay, for screen readers."""

from __future__ import annotations

from runnable.axis import moment, spoken
from runnable.lanes import Lane, Lanes, Span, Tie

_VERBS = {"created": "creates", "woke": "wakes", "cancelled": "cancels", "asked": "asks", "answered": "answers"}
LONGEST = 48
"""Characters of a name where it is one part of a sentence or a picture."""


def description(lanes_: Lanes) -> str:
    """The picture in sentences."""
    lanes = lanes_.lanes
    said = [f"{counted(lanes_.tasks, 'task')} in {spoken(lanes_.seconds)}."]
    for lane in lanes[:8]:
        said.append(f"{lane_sentence(lane)}.")
    if len(lanes) > 8:
        said.append(f"And {counted(len(lanes) - 8, 'lane')} more.")
    blocks = [span for lane in lanes for span in lane.spans if span.kind == "block"]
    if blocks:
        longest = spoken(max(span.end - span.start for span in blocks))
        said.append(f"The event loop was blocked {_times(len(blocks))}, at most for {longest}.")
    return " ".join(said)


def tie_sentence(tie: Tie, one: Lane, other: Lane) -> str:
    """Who did what to whom, and when: `worker (Task-2) wakes main at 0.310 s`."""
    source, target = short(one.called or one.name), short(other.called or other.name)
    return f"{source} {_VERBS[tie.kind]} {target} at {moment(tie.left)}"


def lane_sentence(lane: Lane) -> str:
    """What became of a lane: `soup: 3 turns, ran 0.4 ms in all, waited 0.31 s; ended at 0.312 s`."""
    name = short(lane.called or lane.name, 200)
    if lane.kind in {"thread", "process", "interpreter"}:
        busy = f"ran {counted(lane.turns, 'function')} for {spoken(lane.ran)} in all"
        return f"{name}: {busy}, {moment(lane.start)} to {moment(lane.end)}"
    if lane.kind == "loop":
        return f"{name}: {counted(lane.turns, 'callback')}, ran {spoken(lane.ran)} in all"
    if lane.kind == "fold":
        ends = f", {lane.detail}" if lane.detail else ""
        return f"{name}: {counted(lane.turns, 'turn')}, ran {spoken(lane.ran)} in all{ends}"
    doing = f"{counted(lane.turns, 'turn')}, ran {spoken(lane.ran)} in all, waited {spoken(lane.waited)}"
    how = {"exception": "failed with ", "cancelled": "was cancelled", "result": "ended", "": "ended"}[lane.outcome]
    if not lane.ended:
        return f"{name}: {doing}; had not ended"
    if lane.outcome == "exception":
        how += short(lane.detail or "an exception", 200)
    if lane.outcome == "cancelled" and lane.cancelled_by:
        how += f" by {short(lane.cancelled_by)}"
    return f"{name}: {doing}; {how} at {moment(lane.end)}"


def span_sentence(span: Span, lane: Lane, who: str) -> str:  # noqa: PLR0911 - one for each kind
    """What is the case in a span, for its title, the table and the replay."""
    length = spoken(span.end - span.start)
    at = f" at {moment(span.start)}"
    line = f", line {span.line}" if span.line is not None else ""
    what = short(span.what, 80)
    if lane.kind == "loop":
        return f"callback {what} runs for {length}{at}{': nothing else can run' if span.kind == 'block' else ''}"
    match span.kind:
        case "run":
            return f"{who} runs for {length}{at}{line}"
        case "block":
            return f"{who} blocks the event loop for {length}{at}{line}: nothing else can run"
        case "short":
            turn = "runs" if span.turns == 1 else f"has {span.turns} turns, which run"
            return f"{who} {turn} for {spoken(span.ran)}{at}{line}"
        case "many":
            return f"{who} has {span.turns} short turns in {length}, which run for {spoken(span.ran)} in all{at}{line}"
        case "wait":
            return f"{who} waits {length}{f' for {what}' if what else ' for its next turn'}{at}{line}"
        case "ready":
            return f"{who} waits {length} for its first turn{at}"
        case "lost":
            return (
                f"{who} has {counted(span.turns, 'more turn')}, which were only counted, and ran for {spoken(span.ran)}"
            )
        case "job":
            return f"{who} runs {what or 'a function'} for {length}{at}"
        case "queued":
            return f"{what or 'a function'} waits {length} for a free {lane.kind}{at}"


def short(text: str, most: int = LONGEST) -> str:
    """The beginning of a text, with a sign that there is more."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def counted(number: int, what: str) -> str:
    """`1 task`, `2 tasks`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
