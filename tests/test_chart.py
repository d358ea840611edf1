"""Charts: what a reader sees, what one hears who does not see it, and that they take the page's colours."""

from __future__ import annotations

import re
from collections.abc import Callable

import bs4
import pytest

from runnable import quantity
from runnable.chart import bars, points

VALUES = {"one after another": 0.62, "asyncio tasks": 0.038, "a < b & c": 0.124}
SOURCE = "CPython 3.13.0 on AMD EPYC, 2 cores, Linux x86_64, on 26 November 2026"

both = pytest.mark.parametrize("draw", [bars, points])


def drawn(draw: Callable[..., str], **options: str) -> bs4.Tag:
    # The space before a unit is one that does not break; here it is like any other.
    html = draw("Twenty requests", VALUES, quantity.seconds, source=SOURCE, **options).replace("\u00a0", " ")
    figure = bs4.BeautifulSoup(html, "html5lib").figure
    assert figure is not None
    return figure


def lengths(figure: bs4.Tag, colour: str) -> list[float]:
    """How long each bar of a colour is."""
    found = []
    for path in figure.find_all("path", style=re.compile(rf"fill: var\({colour}\)")):
        across = [float(x) for x in re.findall(r"[ML] ([\d.]+) ", path["d"])]
        found.append(max(across) - min(across))
    return found


@both
def test_a_chart_has_a_title_and_tells_its_values_in_words(draw: Callable[..., str]) -> None:
    figure = drawn(draw, caption="Sixteen times as fast.")
    svg = figure.svg
    assert svg["role"] == "img"
    title, told = (figure.find(id=ident) for ident in svg["aria-labelledby"].split())
    assert title.string == "Twenty requests"
    assert told.string == "one after another: 620 ms; asyncio tasks: 38 ms; a < b & c: 124 ms."
    assert figure.find(class_="chart-title").string == "Twenty requests"
    assert figure.figcaption.get_text() == f"Sixteen times as fast. Measured with {SOURCE}."


@both
def test_names_and_values_stand_in_the_picture(draw: Callable[..., str]) -> None:
    texts = " ".join(text.get_text() for text in drawn(draw).svg.find_all("text"))
    for text in (*VALUES, "620 ms", "38 ms", "124 ms"):
        assert text in texts


@both
def test_no_colour_and_no_type_of_its_own(draw: Callable[..., str]) -> None:
    html = draw("Twenty requests", VALUES, quantity.seconds, source=SOURCE)
    assert not re.search(r"#[0-9a-f]{3,6}\b", html)
    assert not re.search(r"DejaVu|Arial|url\(|https?:|<script|<use", html)
    colours = set(re.findall(r"(?:fill|stroke): ([^;\"]+)", html))
    assert colours == {"none", "currentcolor", "var(--chart-bar)", "var(--chart-stress)", "var(--chart-line)"}
    assert set(re.findall(r"font-family: ([^;\"]+)", html)) == {"var(--site-sans)"}


def test_a_bar_is_as_long_as_its_value_and_the_shortest_is_stressed() -> None:
    figure = drawn(bars)
    (stressed,) = lengths(figure, "--chart-stress")
    longest, other = sorted(lengths(figure, "--chart-bar"), reverse=True)
    assert stressed / longest == pytest.approx(0.038 / 0.62, rel=0.01)
    assert other / longest == pytest.approx(0.124 / 0.62, rel=0.01)


def test_where_more_is_better_the_longest_is_stressed() -> None:
    html = bars("Answers a second", VALUES, quantity.seconds, source=SOURCE, best=max)
    figure = bs4.BeautifulSoup(html, "html5lib").figure
    assert figure is not None
    (stressed,) = lengths(figure, "--chart-stress")
    assert stressed > max(lengths(figure, "--chart-bar"))


def test_ten_times_as_much_is_as_far_wherever_it_is() -> None:
    html = points("Memory", {"a": 2e3, "b": 2e4, "c": 2e6}, quantity.size, source=SOURCE)
    svg = bs4.BeautifulSoup(html, "html5lib").svg
    thick = svg.find_all("path", style=re.compile("stroke-width: 8"))
    a, b, c = (float(re.match(r"M ([\d.]+)", path["d"])[1]) for path in thick)
    assert (c - b) / (b - a) == pytest.approx(2, rel=0.01)
    assert [text.get_text().replace("\u00a0", " ") for text in svg.find_all("text")][:3] == ["1 kB", "100 kB", "10 MB"]


@both
def test_ids_are_unique_in_a_page_and_the_same_figures_give_the_same_chart(draw: Callable[..., str]) -> None:
    one, same, other = (draw(title, VALUES, quantity.seconds, source=SOURCE) for title in ("One", "One", "Other"))
    assert one == same
    ids = re.findall(r' id="([^"]+)"', one + other)
    assert len(ids) == len(set(ids)) == 4


@both
def test_values_that_are_all_the_same_can_be_drawn(draw: Callable[..., str]) -> None:
    svg = bs4.BeautifulSoup(draw("Same", {"a": 1.0, "b": 1.0}, quantity.seconds, source=SOURCE), "html5lib").svg
    assert "a" in svg.get_text()
