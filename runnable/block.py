"""The block in a page: a program, what it printed and when, and where that comes from. It needs no script."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from runnable.kept import Kept, Pieces
from runnable.listing import Lines, Listing
from runnable.literal import attribute, safe
from runnable.output import Output, folded, spoken_seconds
from runnable.page import Options, shown_lines
from runnable.problem import listed
from runnable.recording import Recording, digest
from runnable.searched import plainly_searched, unsearched
from runnable.snippet import Snippet
from runnable.timeline import Timeline
from runnable.transcript import Transcript


@dataclass(frozen=True)
class Committed:
    """A transcript, shown where there is no recording, and why there is none, as a sentence."""

    transcript: Transcript
    reason: str


@dataclass(frozen=True)
class Drawn:
    """That a timeline is drawn, and on which axis."""

    seconds: float = 0.0
    """Where its axis ends at the earliest."""
    beside: tuple[str, ...] = ()
    """The files of the programs that it shares its axis with."""


@dataclass(frozen=True)
class Block:
    """What a block shows."""

    snippet: Snippet
    caption: str
    """Markdown, rendered by whoever has asked for the figure."""
    options: Options
    evidence: Recording | Committed | None
    """What is known of the output; None where it is not shown."""
    href: str
    """Where the program is, relative to the page's file."""
    parts: tuple[tuple[str, str], ...] = ()
    """The files beside the program that it needs: the name of each and where it is."""
    timeline: Drawn | None = None
    """How its timeline is drawn; None where it has none."""
    poster: bool = False
    """Whether the page opens with it."""
    obstacle: str | None = None
    """Why it cannot run in the reader's page, as a sentence; empty where it can, None where nobody has looked."""

    def figure(self, ident: str, store: Callable[[str], str], kept: Kept | None = None) -> Element:
        """The block, whose id is `ident`: unique on the page, as are all ids made from it.

        What is `kept` of an earlier build is not made again.

        `store` keeps HTML that is ready and returns what stands for it, as `htmlStash.store` of Python-Markdown does.
        Links are elements, so that those who render the page can lead them to where things are on the site.
        """
        name = posixpath.basename(self.snippet.place)
        kind = "program program-poster" if self.poster and self.timeline else "program"
        figure = Element("figure", {"class": kind, "id": ident})
        if self.obstacle:
            figure.set("data-no-run", self.obstacle)
        elif self.obstacle is not None:
            figure.set("data-run", self.snippet.slug)
            figure.set("data-digest", digest(self.snippet)[:16])
        SubElement(figure, "figcaption", {"class": "program-caption"}).text = self.caption

        output = _output(self.evidence)
        shown, whole = shown_lines(self.options, self.snippet), self.snippet.visible()
        partial = shown != whole
        referred = _referred(self.snippet, output) & _numbers(whole)
        listing = Listing(
            self.snippet,
            ident,
            self.options.stress,
            numbered=partial or bool(referred),
            located=self.timeline is not None or self.obstacle == "",
        )

        bar = SubElement(figure, "div", {"class": "program-bar", "data-search-exclude": ""})
        _link(bar, "program-file", name, self.href)
        if partial:
            _text(bar, "span", "program-extent", _extent(shown, whole))
        download = _link(bar, "program-download", "Download", self.href)
        download.set("download", name)
        download.set("aria-label", f"Download {name}")

        def make() -> Pieces:
            code = listing.html(shown, f"Code of {name}", "code", referred & _numbers(shown))
            made = {"code": plainly_searched(code)}
            if self.options.collapsed:
                made["code"] = folded(made["code"], f"Code, {_count(shown)}")
            if partial:
                rest = listing.html(whole, f"The whole of {name}", "whole", referred - _numbers(shown))
                made["code"] += unsearched(folded(rest, "The whole program", searched=False))
            if output is not None:
                made["timeline"] = self._drawn(output, ident)
                made["output"] = unsearched(output.html(f"Output of {name}", self._linking(listing, referred)))
            return made

        pieces = kept.pieces(self._made_from(ident), make) if kept is not None and self._is_kept else make()
        _html(figure, store(pieces["code"]))
        self._add_parts(figure)
        if pieces.get("timeline"):
            self._add_timeline(figure, store(pieces["timeline"]))
        if output is not None and self.options.output:
            self._add_output(figure, output, store(pieces["output"]))
        return figure

    @property
    def _is_kept(self) -> bool:
        """Whether it is known of everything that the HTML is made from."""
        return not isinstance(self.evidence, Recording) or bool(self.evidence.checksum)

    def _made_from(self, ident: str) -> tuple[object, ...]:
        """All that the HTML of the pieces is made from."""
        known = self.evidence.checksum if isinstance(self.evidence, Recording) else self.evidence
        options = replace(self.options, stress=frozenset())
        return (
            ident,
            self.snippet.place,
            self.snippet.source,
            options,
            sorted(self.options.stress),
            known,
            self.timeline,
        )

    def _add_parts(self, figure: Element) -> None:
        if self.parts:
            note = _note(figure, "Needs beside it: ")
            for name, href in self.parts:
                _link(note, "program-part", name, href).tail = ", "
            note[-1].tail = ""

    def _drawn(self, output: Output, ident: str) -> str:
        """The timeline; "" where the block has none."""
        recording, drawn = self.evidence, self.timeline
        if drawn is None or not isinstance(recording, Recording) or recording.trace is None:
            return ""
        timeline = Timeline(
            recording.trace,
            recording.seconds,
            posixpath.basename(self.snippet.place),
            [(line.second, line.stream) for line in output.lines],
            [(write.second, write.stream) for write in recording.writes],
            self.snippet.source,
        )
        return unsearched(timeline.html(f"{ident}-timeline", drawn.seconds))

    def _add_timeline(self, figure: Element, stored: str) -> None:
        part = SubElement(figure, "div", {"class": "program-timeline"})
        bar = SubElement(part, "div", {"class": "program-bar", "data-search-exclude": ""})
        _text(bar, "span", "program-label", "Timeline")
        beside = self.timeline.beside if self.timeline is not None else ()
        _text(bar, "span", "tl-extent", f"same time axis as {listed(beside)}" if beside else "")
        _html(part, stored)

    def _add_output(self, figure: Element, output: Output, stored: str) -> None:
        part = SubElement(figure, "div", {"class": "program-result"})
        bar = SubElement(part, "div", {"class": "program-bar", "data-search-exclude": ""})
        _text(bar, "span", "program-label", "Output")
        if isinstance(self.evidence, Recording):
            ran = f"{self.evidence.interpreter}, {spoken_seconds(self.evidence.seconds)}"
            _text(bar, "span", "program-provenance", ran)
        elif self.evidence is not None:
            _text(bar, "span", "program-provenance", "committed transcript")
            _note(part, f"This program was not run here: {self.evidence.reason}")
        if not output.lines:
            _note(part, "This program prints nothing.")
        if output.lines or output.ending:
            _html(part, stored)
        if any(line.drawn_over for line in output.lines):
            _note(part, "↵ ends a line that the next one was drawn over.")

    def _linking(self, listing: Listing, numbers: frozenset[int]) -> Callable[[str], str]:
        """What makes each mention of a line of the program, in a line of output, a link to it."""

        def link(found: re.Match[str]) -> str:
            number = int(found["number"])
            if number not in numbers:
                return found.group()
            return f'{found["before"]}<a href="#{attribute(listing.anchor(number))}">{found["name"]}</a>'

        mention = _mention(self.snippet)
        return lambda row: mention.sub(link, row) if self.snippet.place in row else row


def broken(caption: str, problem: str) -> Element:
    """What stands in a block's place while something is wrong with it: for those who write, never published."""
    figure = Element("figure", {"class": "program program-broken"})
    SubElement(figure, "figcaption", {"class": "program-caption"}).text = caption
    region = {"class": "program-problem", "tabindex": "0", "role": "group", "aria-label": "What is wrong here"}
    SubElement(figure, "pre", region).text = AtomicString("\n".join(map(safe, problem.split("\n"))))
    return figure


def _output(evidence: Recording | Committed | None) -> Output | None:
    if isinstance(evidence, Committed):
        return Output.committed(evidence.transcript)
    return None if evidence is None else Output.recorded(evidence)


def _mention(snippet: Snippet) -> re.Pattern[str]:
    """A line of the program as tracebacks and warnings name it, in text or in HTML."""
    return re.compile(rf'(?P<before>{re.escape(snippet.place)}(?:", |:))(?P<name>(?:line )?(?P<number>\d{{1,6}}))\b')


def _referred(snippet: Snippet, output: Output | None) -> frozenset[int]:
    """The lines of the program that its own output names."""
    lines = [line.text for line in output.lines if snippet.place in line.text] if output is not None else []
    if not lines:
        return frozenset()
    mention = _mention(snippet)
    return frozenset(int(found["number"]) for line in lines for found in mention.finditer(line))


def _numbers(lines: Lines) -> frozenset[int]:
    return frozenset(number for number, _ in lines)


def _extent(shown: Lines, whole: Lines) -> str:
    first, last = shown[0][0], shown[-1][0]
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    return f"{lines} of {whole[-1][0]}"


def _count(lines: Sequence[object]) -> str:
    return f"{len(lines)} line{'' if len(lines) == 1 else 's'}"


def _link(parent: Element, kind: str, text: str, href: str) -> Element:
    element = _text(parent, "a", kind, text)
    element.set("href", href)
    return element


def _note(parent: Element, text: str) -> Element:
    note = _text(parent, "p", "program-note", text)
    note.set("data-search-exclude", "")
    return note


def _text(parent: Element, tag: str, kind: str, text: str) -> Element:
    element = SubElement(parent, tag, {"class": kind})
    element.text = AtomicString(safe(text))
    return element


def _html(parent: Element, placeholder: str) -> None:
    SubElement(parent, "div").text = AtomicString(placeholder)
