"""A chart of what was measured, as SVG in the page: it takes the page's colours, light or dark, and its type."""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

# matplotlib knows no variables of CSS: each stands for one of docs/assets/chart.css until the SVG is written.
_INK, _BAR, _STRESS, _LINE = "#000001", "#000002", "#000003", "#000004"
_VARIABLES = {
    _INK: "currentcolor",
    _BAR: "var(--chart-bar)",
    _STRESS: "var(--chart-stress)",
    _LINE: "var(--chart-line)",
}
# In points, of which an SVG of matplotlib has 72 to the inch: so wide that its type can be read on a phone.
_WIDTH, _ROW, _FONT = 340, 37, 11.0


def bars(
    title: str,
    values: Mapping[str, float],
    shown: Callable[[float], str],
    *,
    source: str,
    caption: str = "",
    best: Callable[[Iterable[float]], float] = min,
) -> str:
    """A bar for each of `values`, as long as its value; the `best` is stressed. HTML, a `figure`.

    `shown` makes text of a value; `source` says where, when and with what it was measured.
    """
    figure, axes = _figure(len(values))
    longest = max(values.values())
    for row, (name, value) in enumerate(values.items()):
        colour = _STRESS if value == best(values.values()) else _BAR
        axes.barh(row, value, height=0.36, color=colour, clip_on=False)
        axes.text(0, row - 0.3, name, va="bottom", color=_INK, fontsize=_FONT)
        axes.text(value + longest * 0.015, row, shown(value), va="center", color=_INK, fontsize=_FONT)
    axes.set_xlim(0, longest * 1.22)  # room for the value behind the longest bar
    axes.axvline(0, color=_LINE, linewidth=1)
    axes.set_xticks([])
    return _html(figure, _Words(title, values, shown, source, caption))


def points(
    title: str, values: Mapping[str, float], shown: Callable[[float], str], *, source: str, caption: str = ""
) -> str:
    """A point for each of `values` on a scale on which each line is ten times the one before. HTML, a `figure`.

    For values so far apart that bars could not show them; otherwise as `bars`. Values must be above 0.
    """
    figure, axes = _figure(len(values), extra=0.5)
    low, high = 1.0, 1.0
    while low > min(values.values()):
        low /= 10
    while low * 10 <= min(values.values()):
        low *= 10
    while high <= max(values.values()):
        high *= 10
    axes.set_xscale("log")
    axes.set_xlim(low, max(high, low * 10))
    for row, (name, value) in enumerate(values.items()):
        colour = _STRESS if value == min(values.values()) else _BAR
        axes.plot([low, value], [row, row], color=_LINE, linewidth=1)
        # A line too short to be seen, with round ends: a dot.
        dot = axes.plot([value, value * 1.001], [row, row], color=colour, linewidth=8, clip_on=False)
        dot[0].set_solid_capstyle("round")
        axes.text(low, row - 0.24, f"{name}: {shown(value)}", va="bottom", color=_INK, fontsize=_FONT)
    ticks = [low]
    while ticks[-1] < max(high, low * 10) * 0.999:
        ticks.append(ticks[-1] * 10)
    names = [shown(tick).replace(".0\u00a0", "\u00a0") for tick in ticks]
    axes.set_xticks(ticks, [name if number % 2 == 0 else "" for number, name in enumerate(names)])
    axes.set_xticks([], minor=True)
    # Those at the edges shall not leave the picture.
    axes.get_xticklabels()[0].set_horizontalalignment("left")
    axes.get_xticklabels()[-1].set_horizontalalignment("right")
    axes.grid(axis="x", color=_LINE, linewidth=0.5)
    axes.tick_params(axis="x", length=0, labelcolor=_INK, labelsize=_FONT - 1.5)
    return _html(figure, _Words(title, values, shown, source, caption))


def _figure(rows: int, extra: float = 0.0) -> tuple[Figure, Axes]:
    height = _ROW * (rows + extra) + 6
    figure = Figure(figsize=(_WIDTH / 72, height / 72))
    FigureCanvasSVG(figure)
    axes = figure.add_axes((0.01, (_ROW * extra + 4) / height, 0.96, 1 - (_ROW * extra + 8) / height))
    axes.set_ylim(rows - 0.6, -0.75)
    axes.set_yticks([])
    axes.set_frame_on(False)
    return figure, axes


@dataclass(frozen=True)
class _Words:
    """What is written about a picture."""

    title: str
    values: Mapping[str, float]
    shown: Callable[[float], str]
    source: str
    caption: str


def _html(figure: Figure, words: _Words) -> str:
    ident = f"chart-{hashlib.sha256(words.title.encode()).hexdigest()[:8]}"
    written = io.StringIO()
    # Text stays text, and the same figures give the same bytes.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": ident, "path.simplify": False}):
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</defs>|<!--.*?-->", "", svg, flags=re.DOTALL)
    # An id may occur only once in a page, and nothing here refers to one.
    svg = re.sub(r' id="[^"]*"| clip-path="[^"]*"|<defs>.*?</defs>', "", svg, flags=re.DOTALL)
    svg = re.sub(r"font(-family)?: ([\d.]+px )?'[^;\"]*", r"font\1: \2var(--site-sans)", svg)
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, variable)
    told = "; ".join(f"{name}: {words.shown(value)}" for name, value in words.values.items())
    opening = (
        f'<svg viewBox="0 0 {figure.get_figwidth() * 72:g} {figure.get_figheight() * 72:g}" role="img" '
        f'aria-labelledby="{ident}-title {ident}-told"><title id="{ident}-title">{html.escape(words.title)}</title>'
        f'<desc id="{ident}-told">{html.escape(told)}.</desc>'
    )
    svg = re.sub(r"\n\s*", "\n", re.sub(r"<svg[^>]*>", lambda _: opening, svg, count=1)).strip()
    below = f"{html.escape(words.caption)} " if words.caption else ""
    return (
        f'<figure class="chart">\n<p class="chart-title" aria-hidden="true">{html.escape(words.title)}</p>\n{svg}\n'
        f'<figcaption>{below}<span class="chart-source">Measured with {html.escape(words.source)}.</span>'
        "</figcaption>\n</figure>"
    )
