"""Programs in the reader's page, in headless Chromium: ours and markdown-exec's pyodide fence, served alike."""

from __future__ import annotations

import contextlib
import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error

from benchmarks import fence, pages
from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.chromium import chromium
from benchmarks.claim import Claim, Measurement
from benchmarks.command import run
from benchmarks.server import MAX_AGE, Server, served
from runnable.kit.node import pyodide_version

ROUNDS = 5
AGAIN = 5
"""Later runs in the same page, a round."""

_SCRIPT = (Path(__file__).parent / "reader.js").read_text("utf-8")
_FENCE = "markdown-exec's pyodide fence"
_OURS = r"assets/.*\b(run|replay|python|ours)\b"
"""The paths of what a page loads for programs that run in it, or are replayed, and for nothing else."""
_TEA = pages.PROGRAMS["tea"][1].splitlines()

_WHY = (
    "Profiled on 2026-11-26: where all is in the cache, nearly half of a start is Python's own, with the modules that "
    "Pyodide loads; a third is getting hold of what is compiled and of the standard library; the rest is our modules, "
    "and the way of the first line to the page."
)
_WHY_STOPPED = (
    "Measured on 2026-11-26: the next Python takes 0.5 s of CPU until it is ready; and Chromium lets a busy worker "
    "that was ended go on for two seconds more, so that both share the cores with all else that runs."
)

CLAIMS = (
    Claim.at_most(
        "page-cold",
        "A program in the page, with an empty cache: from Run to its first output",
        3.0,
        "s",
        against=_FENCE,
        faster=True,
        why=_WHY,
    ),
    Claim.at_most(
        "page-warm", "The same in a page that is opened later", 1.0, "s", against=_FENCE, faster=True, why=_WHY
    ),
    Claim.at_most(
        "page-again",
        "A program in the page that is run again: from Run to its first output",
        0.1,
        "s",
        against=_FENCE,
        faster=True,
    ),
    Claim.at_most(
        "page-stopped",
        "A busy program in the page, stopped with all of Python: until the next one begins",
        0.7,
        "s",
        why=_WHY_STOPPED,
    ),
    Claim.at_most("page-aiohttp", "import aiohttp in the page", 0.3, "s", against=_FENCE, faster=True),
    Claim.at_most(
        "page-before",
        "Before Run is pressed in a page: what is loaded for it, gzipped, in bytes",
        10_000,
        against=_FENCE,
    ),
    Claim.at_most(
        "page-bytes",
        "With an empty cache: all that is loaded until the first output, compressed, in bytes",
        8_000_000,
        against=_FENCE,
    ),
    Claim(
        name="page-requests",
        what=f"{pages.REQUESTS} requests of aiohttp's client to its server within the page, one after another",
        against="the same on the desktop",
        unit="/s",
        target=None,
    ),
)

Figures = dict[str, float]
"""Seconds, bytes or requests a second: by the names of claims, and by words for what only notes say."""


class Reader:
    """Somebody with an empty cache who visits one site."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self._context, self._server = context, server
        self._before = len(server.sent)

    @contextlib.contextmanager
    def page(self, name: str) -> Iterator[Callable[[str], Any]]:
        """Opens the page of the program in a new tab, where Run is pressed at once; gives what asks reader.js."""
        tab = self._context.new_page()
        tab.add_init_script(_SCRIPT)
        tab.goto(f"{self._server.address}trial/{name}/")
        yield lambda what: tab.evaluate(f"reader.{what}")
        tab.close()

    def loaded(self, path: str = "", addresses: Iterable[str] | None = None) -> int:
        """The bytes that have come to them, of files whose paths begin with this pattern, at these addresses."""
        sent = [each for each in self._server.sent[self._before :] if re.match(path, each.path)]
        if addresses is not None:
            asked = {urlsplit(each).path.removeprefix("/") for each in addresses}
            sent = [each for each in sent if each.path in asked]
        return sum(each.bytes for each in sent)


def visit_ours(reader: Reader) -> Figures:
    """What they see of ours."""
    with reader.page("tea") as sees:
        cold, whole = sees("opened"), reader.loaded()
        before = reader.loaded(_OURS, cold["loaded"])
        _check(sees("ours.printed()"))
    later = _later(reader, "ours.run()", "ours.printed()")
    with reader.page("spins") as sees:
        sees("opened")
        stopped = sees("ours.stopAndRun()")
        if "all of Python was ended" not in stopped["about"]:
            raise NotMeasuredError(f"A busy program was not ended with all of Python: {stopped['about']}")
    had = reader.loaded()
    with reader.page("imports") as sees:
        importing = sees("opened")
        took = _figure(sees("ours.printed()"))
    wheels = reader.loaded() - had
    with reader.page("asks") as sees:
        sees("opened")
        rate = _figure(sees("ours.printed()"))
    return {
        "page-cold": cold["first"] / 1000,
        **later,
        "page-stopped": stopped["began"] / 1000,
        "page-aiohttp": took,
        "page-before": before,
        "page-bytes": whole,
        "page-requests": rate,
        "output after a stop": stopped["first"] / 1000,
        "output after an import": importing["first"] / 1000,
        "bytes of an import": wheels,
    }


def visit_theirs(reader: Reader) -> Figures:
    """What they see of markdown-exec's."""
    ended = f"theirs.printed({_TEA[-1]!r})"
    with reader.page("tea") as sees:
        cold, whole = sees("opened"), reader.loaded()
        before = reader.loaded(fence.OWN)  # nothing hears Run before all of it is there
        _check(sees(ended))
    later = _later(reader, "theirs.run()", ended)
    with reader.page("imports") as sees:
        sees("opened")
        took = _figure(sees("theirs.printed('aiohttp')"))
    return {
        "page-cold": cold["first"] / 1000,
        **later,
        "page-aiohttp": took,
        "page-before": before,
        "page-bytes": whole,
    }


def _later(reader: Reader, run: str, ended: str) -> Figures:
    """What they see who open the page once more, and run its program again and again."""
    with reader.page("tea") as sees:
        warm, again = sees("opened"), []
        for _ in range(AGAIN):
            _check(sees(ended))
            again.append(sees(run)["first"])
    return {"page-warm": warm["first"] / 1000, "page-again": median(again) / 1000}


def _check(printed: list[str]) -> None:
    if printed != _TEA:
        raise NotMeasuredError(f"A program printed something else in the page: {printed}")


def _figure(printed: list[str]) -> float:
    """The number in the only line of a program that measures itself."""
    found = re.search(r"\d+\.\d+", printed[0]) if len(printed) == 1 else None
    if found is None:
        raise NotMeasuredError(f"A program in the page failed: {printed}")
    return float(found[0])


def measure(bench: Bench) -> list[Measurement]:
    bench.say("browser: building a small site of each")
    root = bench.folder / "ours"
    sites, why_not = [(visit_ours, pages.make(root))], ""
    try:
        sites.append((visit_theirs, fence.make(bench.folder / "theirs")))
    except NotMeasuredError as error:
        why_not = str(error)
    with contextlib.ExitStack() as stack:
        browser = stack.enter_context(chromium(bench.folder))
        servers = [(visit, stack.enter_context(served(site))) for visit, site in sites]

        def desktop() -> Figures:
            asked = run((sys.executable, str(pages.path(root, "asks"))), root)
            return {"page-requests": _figure(asked.output.splitlines())}

        def side(visit: Callable[[Reader], Figures], server: Server) -> Figures:
            with browser.reader() as context:
                return visit(Reader(context, server))

        try:
            sides = [functools.partial(side, *each) for each in servers]
            on_desktop, ours, *rest = bench.interleaved("browser", ROUNDS, desktop, *sides)
        except Error as error:
            raise NotMeasuredError(f"Chromium did not do what it was to do: {error.message}") from error
        bench.uncounted += browser.uncounted
        version = browser.version
    return measurements(on_desktop, ours, rest[0] if rest else [], version, why_not)


def measurements(
    on_desktop: list[Figures], ours: list[Figures], theirs: list[Figures], version: str, why_not: str
) -> list[Measurement]:
    """What the rounds say of each claim.

    `version` is Chromium's; `why_not` says why there are no rounds of theirs, where there are none.
    """

    def of(rounds: list[Figures], name: str) -> tuple[float, ...]:
        return tuple(each[name] for each in rounds if name in each)

    notes = _notes(ours, version)
    return [
        Measurement(
            claim,
            of(ours, claim.name),
            of(theirs, claim.name) or of(on_desktop, claim.name),
            notes[claim.name] + ((why_not,) if why_not and claim.against == _FENCE else ()),
        )
        for claim in CLAIMS
    ]


def _notes(ours: list[Figures], version: str) -> dict[str, tuple[str, ...]]:
    """By the name of a claim: how it was measured, and what else was."""

    def middle(name: str) -> float:
        return median(each[name] for each in ours)

    counted = "Counted by the server: bodies as they were sent, without headers."
    return {
        "page-cold": (
            "To the first line in the document, from when the page has loaded and Run is pressed at once. Theirs "
            "begins to load Python before that, by itself, and hears Run when it has done so; where that keeps the "
            "page from being loaded, its time is short.",
            f"Chromium {version}, a new profile each round; Pyodide {pyodide_version()} on both sides; one server, "
            f"with gzip, whose files may be kept for {MAX_AGE} s.",
            fence.REWRITTEN,
        ),
        "page-warm": (
            "In another tab of the same browser, a moment later: files come from its cache on disk, and so does what "
            "it has compiled of them.",
        ),
        "page-again": (f"The median of {AGAIN} runs, each round.",),
        "page-stopped": (
            "From when the block offers Run again, a second after Stop was pressed, and Run is pressed at once, to "
            f"when the program begins. Its first output is there after {middle('output after a stop'):.2f} s.",
        ),
        "page-aiohttp": (
            "As a program measures it that imports it within a function: its files have come by then. From Run to "
            "that program's output, Python's start and these files included, it is "
            f"{middle('output after an import'):.2f} s in a page that is opened later.",
            "Theirs has the same wheels as they are, ours have been compiled.",
        ),
        "page-before": (
            "Scripts and styles for programs that run in the page and for timelines, not the theme's nor those that "
            "show recordings. Of theirs, all that it loads for the fence, since nothing hears Run before.",
            counted,
        ),
        "page-bytes": (
            "The page itself and all of the theme included. A program that imports aiohttp needs "
            f"{middle('bytes of an import'):,.0f} bytes more.",
            counted,
        ),
        "page-requests": (
            "Client and server are one program on one thread, here and there; in the page the network between them is "
            "in memory.",
        ),
    }


BENCHMARK = Benchmark("browser", CLAIMS, measure)
