"""Lanes as SVG that fits any width: what lies along the axis is given in percent, what lies across it in `em`.

So text keeps its size on a phone, and the picture grows with the reader's letters. Colours and patterns come from
classes (docs/assets/timeline.css). Each span carries its seconds (`data-s`, `data-e`) and its line (`data-l`), which
the replay reads, and a `<title>`, which browsers show without any script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from runnable.axis import Axis, moment, percent
from runnable.lanes import Lane, Lanes, Span, Tie
from runnable.layout import MOST_ROWS
from runnable.lettering import DEEPEST, ROOMY, Label, anchor, crowded, fitting, labels
from runnable.literal import attribute, escaped
from runnable.printed import Printed
from runnable.sentences import counted, description, lane_sentence, short, span_sentence, tie_sentence

# All in em: where things are within a lane, from its top.
_HEAD = 2.2
_LABEL, _TOP, _BAR, _BELOW = 1.02, 1.55, 1.4, 3.4
_LANE = 4.05
_ROW = 0.8
_MOST_DOTS = 150
_MOST_LINES = 12
"""Of the lines that a mark of output stands for, so many are named."""

_CROSS = "M-3.4-3.4 3.4 3.4M3.4-3.4-3.4 3.4"
_BARRED = "M-2.7 2.7 2.7-2.7M3.8 0A3.8 3.8 0 1 1-3.8 0 3.8 3.8 0 1 1 3.8 0"


@dataclass(frozen=True)
class Picture:
    """The drawing of one run."""

    lanes: Lanes
    axis: Axis
    ident: str
    """What all ids begin with."""
    name: str
    """What ran, for the title."""

    def svg(self) -> str:
        """The picture as one element."""
        lanes = self.lanes.lanes
        tops = self._tops()
        height = _HEAD + _LANE * len(lanes) + 0.35
        parts = [
            f'<svg class="tl" width="100%" height="{_em(height)}" role="img" '
            f'aria-labelledby="{attribute(self.ident)}-title" aria-describedby="{attribute(self.ident)}-desc">'
            f'<title id="{attribute(self.ident)}-title">Timeline of {escaped(self.name)}</title>'
            f'<desc id="{attribute(self.ident)}-desc">{escaped(description(self.lanes))}</desc>',
            patterns(self.ident),
            self._grid(height),
            *self._stalls(tops, height),
            *(self._tie(tie, tops) for tie in self.lanes.ties),
        ]
        for place, (lane, top) in enumerate(zip(lanes, tops, strict=True)):
            parts.append(self._lane(place, lane, top))
        parts += [self._head(tie, tops) for tie in self.lanes.ties if tie.kind != "created"]
        parts.append("</svg>")
        return "".join(parts)

    def rows(self, lanes: tuple[Lane, ...]) -> str:
        """The tasks of a fold, a thin row each, on the same axis."""
        shown = lanes[:MOST_ROWS]
        height = _HEAD + _ROW * len(shown) + 0.3
        parts = [
            f'<svg class="tl tl-thin" width="100%" height="{_em(height)}" role="img" '
            f'aria-label="{counted(len(shown), "task")}, a row each">',
            self._grid(height),
        ]
        for number, lane in enumerate(shown):
            y = _HEAD + _ROW * number
            end = {"exception": "failed", "cancelled": "was cancelled"}.get(lane.outcome, "")
            title = f"{short(lane.name)}: {moment(lane.start)} to {moment(lane.end)}{', ' if end else ''}{end}"
            parts.append(
                f'<g class="tl-row{f" tl-{lane.outcome}" if end else ""}"><title>{escaped(title)}</title>'
                f'<rect class="tl-wait" x="{self.axis.x(lane.start)}" y="{_em(y)}" '
                f'width="{self.axis.width(lane.start, lane.end)}" height="{_em(_ROW - 0.25)}"/>'
            )
            for span in lane.spans:
                if span.kind in {"wait", "ready"}:
                    continue
                parts.append(
                    f'<rect class="tl-{span.kind}" x="{self.axis.x(span.start)}" y="{_em(y)}" '
                    f'width="{self.axis.width(span.start, span.end) if span.kind != "short" else 2}" '
                    f'height="{_em(_ROW - 0.25)}"/>'
                )
            parts.append("</g>")
        parts.append("</svg>")
        return "".join(parts)

    def _tops(self) -> list[float]:
        return [_HEAD + _LANE * place for place in range(len(self.lanes.lanes))]

    def _grid(self, height: float) -> str:
        parts = ['<g class="tl-grid">']
        ticks = self.axis.ticks()
        is_crowded = crowded([(self.axis.share(second), name) for second, name in ticks])
        for number, (second, name) in enumerate(ticks):
            x, share = self.axis.x(second), self.axis.share(second)
            place = {0.0: "", 0.5: ' text-anchor="middle"', 1.0: ' text-anchor="end"'}[anchor(share)]
            kind = _kind(ROOMY) if is_crowded and number % 2 else ""
            parts.append(
                f'<line x1="{x}" x2="{x}" y1="{_em(_HEAD - 0.6)}" y2="{_em(height)}"/>'
                f'<text{kind} x="{x}" y="1em"{place}>{name}</text>'
            )
        parts.append("</g>")
        if (
            self.lanes.seconds < self.axis.seconds - 0.001 * self.axis.length
        ):  # a shared axis goes on where this run has ended
            x = self.axis.x(self.lanes.seconds)
            parts.append(
                f'<g class="tl-over"><title>This run was over at {moment(self.lanes.seconds)}.</title>'
                f'<rect x="{x}" y="{_em(_HEAD - 0.6)}" width="{percent(1 - self.axis.share(self.lanes.seconds))}" '
                f'height="{_em(height - _HEAD + 0.6)}"/></g>'
            )
        return "".join(parts) + self._outside()

    def _outside(self) -> str:
        """Output of no task, on the axis."""
        return "".join(self._dots(self.lanes.said, _HEAD - 0.6))

    def _stalls(self, tops: list[float], height: float) -> Iterator[str]:
        """A column over all lanes of a loop for each turn that blocked it: nothing else could run."""
        lanes = self.lanes.lanes
        for lane in lanes:
            same = [top for other, top in zip(lanes, tops, strict=True) if other.loop == lane.loop]
            first, last = same[0], min(same[-1] + _LANE, height)
            for span in lane.spans:
                if span.kind == "block" and lane.kind in {"task", "loop", "fold"}:
                    yield (
                        f'<rect class="tl-stall" x="{self.axis.x(span.start)}" y="{_em(first)}" '
                        f'width="{self.axis.width(span.start, span.end)}" height="{_em(last - first)}"/>'
                    )

    def _lane(self, place: int, lane: Lane, top: float) -> str:
        x, full = _em(1.1 * min(lane.depth, DEEPEST)), lane_sentence(lane)
        label = "".join(
            f'<text{_kind(kind)} x="{x}" y="{_em(_LABEL)}">{_lettered(words)}</text>' for words, kind in labels(lane)
        )
        parts = [
            f'<svg class="tl-lane tl-{lane.kind}" y="{_em(top)}" width="100%" height="{_em(_LANE)}" overflow="visible" '
            f'data-s="{_s(lane.start)}" data-e="{_s(lane.end)}">'
            f'<svg class="tl-label" width="100%" height="{_em(_TOP)}"><title>{escaped(full)}</title>{label}</svg>'
        ]
        if lane.kind == "fold":
            parts.append(self._crowd(place, lane))
        who = short(lane.called or lane.name)
        parts += [self._span(span, lane, who) for span in lane.spans]
        parts.append(self._end(lane))
        parts += self._dots(lane.said, _BELOW)
        parts.append("</svg>")
        return "".join(parts)

    def _span(self, span: Span, lane: Lane, who: str) -> str:
        kind = span.kind
        data = f'data-s="{_s(span.start)}" data-e="{_s(span.end)}"'
        if span.line is not None:
            data += f' data-l="{span.line}"'
        if kind in {"run", "short", "many", "block"}:
            data += ' data-turn=""'
        open_ = f'<g class="tl-{kind}" {data}><title>{escaped(span_sentence(span, lane, who))}</title>'
        x, width = self.axis.x(span.start), self.axis.width(span.start, span.end)
        if kind == "short":
            return f'{open_}<line x1="{x}" x2="{x}" y1="{_em(_TOP - 0.22)}" y2="{_em(_TOP + _BAR + 0.22)}"/></g>'
        if kind == "ready":
            y = _em(_TOP + _BAR / 2)
            return f'{open_}<line x1="{x}" x2="{self.axis.x(span.end)}" y1="{y}" y2="{y}"/></g>'
        rect = f'<rect x="{x}" y="{_em(_TOP)}" width="{width}" height="{_em(_BAR)}"/>'
        pattern = {"many": "stripes", "block": "hatch", "lost": "dots", "job": "rows"}.get(kind)
        if pattern:
            rect += rect.replace("<rect", f'<rect class="tl-on" fill="url(#{_safe(self.ident)}-{pattern})"')
        share = self.axis.share(span.end) - self.axis.share(span.start)
        written = "".join(
            f'<text{_kind(kind)} x="50%" y=".98em" text-anchor="middle">{escaped(words)}</text>'
            for words, kind in fitting(span, share)
        )
        if written:
            rect += f'<svg x="{x}" y="{_em(_TOP)}" width="{width}" height="{_em(_BAR)}">{written}</svg>'
        return f"{open_}{rect}</g>"

    def _crowd(self, place: int, lane: Lane) -> str:
        """How many of the tasks in a fold were there, as the height of an area."""
        inside = next((inside for fold, inside in self.lanes.folded if fold is lane), ())
        buckets = 160
        changes = [0] * (buckets + 2)
        for one in inside:
            changes[min(buckets, int(self.axis.share(one.start) * buckets))] += 1
            changes[min(buckets, int(self.axis.share(one.end) * buckets)) + 1] -= 1
        counts: list[int] = []
        there = 0
        for change in changes[: buckets + 1]:
            there += change
            counts.append(there)
        most = max(counts) or 1
        path, before = "", -1
        for number, count in enumerate(counts):
            if count != before:
                path += f"{'M0 100' if not number else ''}H{number}V{100 - round(100 * count / most)}"
                before = count
        title = f"{lane.name}: at most {most:,} at once"
        return (
            f'<svg class="tl-crowd" y="{_em(_TOP)}" width="100%" height="{_em(_BAR)}" '
            f'viewBox="0 0 {buckets} 100" preserveAspectRatio="none"><title>{escaped(title)}</title>'
            f'<path d="{path}H{buckets + 1}V100z"/></svg>'
        )

    def _end(self, lane: Lane) -> str:
        if lane.kind != "task":
            return ""
        at = f'x="{self.axis.x(lane.end)}" y="{_em(_TOP + _BAR / 2)}" overflow="visible" width="1" height="1"'
        title = escaped(lane_sentence(lane))
        if not lane.ended:
            return f'<svg class="tl-open" {at}><title>{title}</title><path d="M0-8 3-4 0 0 3 4 0 8"/></svg>'
        if lane.outcome == "exception":
            return f'<svg class="tl-cross" {at}><title>{title}</title><circle r="6.5"/><path d="{_CROSS}"/></svg>'
        if lane.outcome == "cancelled":
            return f'<svg class="tl-barred" {at}><title>{title}</title><circle r="6.5"/><path d="{_BARRED}"/></svg>'
        return ""

    def _dots(self, said: Sequence[Printed], y: float) -> Iterator[str]:
        """Marks for output, those that lie on each other as one."""
        for group in self._groups(said, self._near):
            second, stream, _ = group[0]
            numbers = " ".join(str(number) for _, _, number in group[:_MOST_LINES])
            what = "prints" if stream == "out" else "writes to stderr"
            title = f"{what} {counted(len(group), 'line')} at {moment(second)}"
            x = self.axis.x(second)
            shape = f'<circle cx="{x}" cy="{_em(y)}" r=".27em"/>'
            if stream == "err":
                shape = (
                    f'<svg x="{x}" y="{_em(y)}" width="1" height="1" overflow="visible">'
                    f'<rect x="-.25em" y="-.25em" width=".5em" height=".5em"/></svg>'
                )
            yield (
                f'<g class="tl-said tl-{stream}" data-s="{_s(second)}" data-o="{numbers}">'
                f"<title>{title}</title>{shape}</g>"
            )

    @cached_property
    def _near(self) -> float:
        """The share of the axis within which marks of output are one: more where there are too many."""
        near = 0.012
        each = [self.lanes.said, *(lane.said for lane in self.lanes.lanes)]
        while sum(len(self._groups(said, near)) for said in each) > _MOST_DOTS and near < 1:
            near *= 2
        return near

    def _groups(self, said: Sequence[Printed], near: float) -> list[list[Printed]]:
        groups: list[list[Printed]] = []
        for one in said:
            if not self.axis.has(one[0]):
                continue
            first = groups[-1][0] if groups else None
            if first and first[1] == one[1] and self.axis.share(one[0]) - self.axis.share(first[0]) < near:
                groups[-1].append(one)
            else:
                groups.append([one])
        return groups

    def _tie(self, tie: Tie, tops: list[float]) -> str:
        """The line of a tie, which passes behind the lanes between the two, so that it crosses no words."""
        one, other = self.lanes.lanes[tie.source], self.lanes.lanes[tie.target]
        first, last = _ends(tie, tops)
        x1, x2 = self.axis.x(tie.left), self.axis.x(tie.arrives)
        return (
            f'<g class="tl-tie tl-{tie.kind}"{_aside(tie)}><title>{escaped(tie_sentence(tie, one, other))}</title>'
            f'<line x1="{x1}" y1="{_em(first)}" x2="{x2}" y2="{_em(last)}"/></g>'
        )

    def _head(self, tie: Tie, tops: list[float]) -> str:
        """The tip of a tie, before everything else: it stands where a mark of output may be."""
        first, last = _ends(tie, tops)
        tip = "M0 0-3.4-7H3.4z" if first < last else "M0 0-3.4 7H3.4z"
        return (
            f'<g class="tl-tip tl-{tie.kind}"{_aside(tie)}><svg x="{self.axis.x(tie.arrives)}" y="{_em(last)}" '
            f'width="1" height="1" overflow="visible"><path d="{tip}"/></svg></g>'
        )


def _ends(tie: Tie, tops: list[float]) -> tuple[float, float]:
    """Where a tie leaves the bar of one lane and where it meets that of the other, from the top, in em."""
    down = tie.target > tie.source
    return tops[tie.source] + (_TOP + _BAR if down else _TOP), tops[tie.target] + (_TOP if down else _TOP + _BAR)


def _aside(tie: Tie) -> str:
    """Whoever cancels a task wakes another in the same moment, often: the two must not lie on each other."""
    return ' transform="translate(-5)"' if tie.kind == "cancelled" else ""


def patterns(ident: str) -> str:
    """What fills are told apart by, besides their colours."""
    safe = _safe(ident)

    def pattern(name: str, size: str, path: str) -> str:
        return (
            f'<pattern id="{safe}-{name}" class="tl-pattern" {size} patternUnits="userSpaceOnUse">'
            f'<path d="{path}"/></pattern>'
        )

    return (
        "<defs>"
        + pattern("hatch", 'width="6" height="6"', "M-1 1 1-1M0 6 6 0M5 7 7 5")
        + pattern("stripes", 'width="4" height="8"', "M1 0V8")
        + pattern("rows", 'width="8" height="4"', "M0 2H8")
        + pattern("dots", 'width="6" height="6"', "M1 1H3M4 4H6")
        + "</defs>"
    )


def _lettered(label: Label) -> str:
    """The words above a lane, each in a look of its own."""
    words = (("tl-name", label.name), ("tl-aside", label.aside), ("tl-ends", label.ends))
    return "".join(
        f'<tspan class="{kind}"{beside}>{escaped(text)}</tspan>'
        for (kind, text), beside in zip(words, ("", *[' dx=".55em"'] * 2), strict=True)
        if text
    )


def _kind(name: str) -> str:
    """A class as an attribute; nothing where there is none."""
    return f' class="{name}"' if name else ""


def _s(second: float) -> str:
    return f"{second:.6f}".rstrip("0").rstrip(".") or "0"


def _em(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "em"


def _safe(ident: str) -> str:
    """An id that can stand in `url(#…)` without quotes."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in ident)
