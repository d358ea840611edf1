"""The Python-Markdown extension that puts a block where a page has a link to a program in a paragraph of its own.

    markdown_extensions:
      - runnable.markdown

It needs no MkDocs: only recordings, which `python -m runnable record` makes.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from runnable import block, page
from runnable.almost import Almost, almost, definitions
from runnable.browser import support
from runnable.kept import Kept
from runnable.memory import Memory
from runnable.page import Options, Reference
from runnable.problem import Problem, ProblemsError
from runnable.project import Project, in_ci
from runnable.recording import Absence, Cache, Recording, digest
from runnable.snippet import Snippet, files_by_slug, local_files
from runnable.sound import teaches
from runnable.text import read
from runnable.transcript import Transcript, transcript_place

_INTO_SNIPPETS = re.compile(r"(?:\.{1,2}/)+snippets/[^?#]+")


class ProgramExtension(Extension):
    """Renders blocks. Raises ProblemsError from `convert` where one cannot be rendered, unless told to be lenient."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "root": [".", "The project's folder"],
            "problems": [{}, "What is wrong with a program, by its slug: shown in place of its blocks"],
            "lenient": [False, "Whether a block that cannot be rendered shows why, in its place"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - its name in Python-Markdown
        """Registers what finds blocks, and what leads links to programs to where these are published."""
        self.md = md
        md.registerExtension(self)
        # Below code, lists and whatever holds paragraphs; above the paragraph itself.
        md.parser.blockprocessors.register(_Blocks(md.parser, self), "runnable", 12)
        # After inline Markdown has made the links (20), before MkDocs looks where they lead (0).
        md.treeprocessors.register(_Links(md), "runnable-links", 5)
        self._project = Project.at(self.getConfig("root"))
        self.reset()

    def reset(self) -> None:
        """Forgets the page before."""
        self._idents: set[str] = set()
        self._met: dict[tuple[str, str, str], int] = {}
        self._any = False
        self._almost: dict[str, int] = {}
        self._named: dict[str, str] | None = None

    def almost(self, text: str) -> Almost | None:
        """What keeps a paragraph from being a block, where it was meant to be one."""
        if "[" not in text:
            return None
        if self._named is None:
            self._named = definitions(["\n".join(self.md.lines)])  # type: ignore[attr-defined]
        return almost(text, self._named)

    def near_miss(self, close: Almost) -> Element:
        """What stands in place of a paragraph that is almost a block. Raises ProblemsError."""
        same = self._almost[close.what] = self._almost.get(close.what, 0) + 1
        place = _place(self.md, self._project)
        line = None
        if place is not None:
            text = (self._project.root / place).read_bytes().decode("utf-8", "replace")
            lines = [other.line for other in page.find_almost(text) if other == close]
            line = lines[same - 1] if same <= len(lines) else None
        problem = Problem(place or "a page", line, close.what)
        if self.getConfig("lenient"):
            return block.broken("Almost a block", str(problem))
        raise ProblemsError([problem])

    def element(self, reference: Reference) -> Element:
        """The block for a reference. Raises ProblemsError."""
        key = (reference.caption, reference.target, reference.options)
        same = self._met[key] = self._met.get(key, 0) + 1
        known: str | None = self.getConfig("problems").get(page.slug_of(reference.target))
        if known is not None:
            return block.broken(reference.caption, known)
        try:
            shown = self._block(reference, same)
        except ProblemsError as error:
            if self.getConfig("lenient"):
                return block.broken(reference.caption, str(error))
            raise
        ident = self._ident(posixpath.basename(shown.snippet.place))
        return shown.figure(ident, self.md.htmlStash.store, Kept(self._project))

    def _block(self, reference: Reference, same: int) -> block.Block:
        project = self._project
        place = _place(self.md, project)
        path = project.snippets / f"{page.slug_of(reference.target)}.py"
        files = {path.relative_to(project.snippets).with_suffix("").as_posix(): path} if path.is_file() else None
        slug, what = page.located(reference.target, place, project, files or files_by_slug(project))
        if what is not None:
            raise ProblemsError([_problem(reference, same, place, project, what)])
        snippet = Snippet.read(project.snippets / f"{slug}.py", project)
        options, _ = page.parse_options(reference)
        wrong = page.check(reference, snippet, _Slugs(project))
        if wrong:
            raise ProblemsError(_problem(reference, same, place, project, what) for what in wrong)
        folder = posixpath.dirname(reference.target)
        known_of_it = evidence(snippet, project) if options.output or options.timeline else None
        home = page.section_of(place, slug) == page.HOME
        first, self._any = not self._any, True
        drawn = None
        if isinstance(known_of_it, Recording):
            try:
                drawn = self._drawn(known_of_it, options, place, first and home)
            except LookupError as error:
                raise ProblemsError([_problem(reference, same, place, project, str(error))]) from None
        return block.Block(
            snippet=snippet,
            caption=reference.caption,
            options=options,
            evidence=known_of_it,
            href=reference.target,
            parts=tuple((name, posixpath.join(folder, name)) for name in _parts(snippet)),
            timeline=drawn,
            poster=first and home,
            obstacle=support.reason(snippet, Memory.of(project)),
        )

    def _drawn(self, recording: Recording, options: Options, place: str | None, poster: bool) -> block.Drawn | None:
        """How the timeline of a program is drawn in this page; None where it has none. Raises LookupError."""
        if options.timeline is False:
            return None
        if recording.trace is None:
            if options.timeline:
                raise LookupError("timeline=true, but this program ran no event loop. Leave the option away.")
            return None
        asked = options.timeline or options.axis
        by_rule = page.has_timelines(page.section_of(place, recording.slug)) or poster
        if not asked and not (by_rule and self._teaches(recording)):
            return None
        slugs, _ = page.axis_slugs(options, recording.slug, _Slugs(self._project))
        cache = Cache(self._project)
        others = {slug: other for slug in slugs if isinstance(other := cache.load(slug), Recording)}
        return block.Drawn(
            seconds=max((other.seconds for other in others.values()), default=0.0),
            beside=tuple(posixpath.basename(slug) + ".py" for slug in others),
        )

    def _teaches(self, recording: Recording) -> bool:
        def look() -> bool:
            return teaches(recording.trace)

        # One that does not come from the cache has no checksum.
        told = recording.checksum
        return Memory.of(self._project).fact(f"its timeline teaches\0{told}", look) if told else look()

    def _ident(self, name: str) -> str:
        """An id for a block that no other on this page has. No heading has one like it: theirs are without dots."""
        ident, number = name, 1
        while ident in self._idents:
            number += 1
            ident = f"{name}-{number}"
        self._idents.add(ident)
        return ident


class _Slugs(Collection[str]):
    """The slugs of all programs; whether one of them exists is known without a look at the others."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def __contains__(self, slug: object) -> bool:
        return (self._project.snippets / f"{slug}.py").is_file()

    def __iter__(self) -> Iterator[str]:
        return iter(files_by_slug(self._project))

    def __len__(self) -> int:
        return len(files_by_slug(self._project))


class _Blocks(BlockProcessor):
    def __init__(self, parser: BlockParser, extension: ProgramExtension) -> None:
        super().__init__(parser)
        self._extension = extension

    def test(self, parent: Element, block: str) -> bool:
        # What stands right behind a list's marker is an item, such as a list of links has.
        return (
            not self.parser.state.isstate("list")
            and not self.parser.state.isstate("looselist")
            and (page.matched(block) is not None or self._extension.almost(block) is not None)
        )

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = blocks.pop(0)
        reference, close = page.matched(text), self._extension.almost(text)
        if reference is not None:
            parent.append(self._extension.element(reference))
        elif close is not None:
            parent.append(self._extension.near_miss(close))


class _Links(Treeprocessor):
    """Leads links to programs to where these are published, so that both MkDocs and Zensical find them."""

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            href = element.get("href", "")
            if _INTO_SNIPPETS.fullmatch(href):
                element.set("href", page.on_site(href))


def _parts(snippet: Snippet) -> list[str]:
    """The files in the program's folder that it needs, relative to that."""
    folder = snippet.path.parent
    own = {snippet.path.name, snippet.transcript_path.name, "__pycache__"}
    # Nearly always, nothing that is there occurs in the program; then it need not be read as Python to know.
    with os.scandir(folder) as entries:
        if not any(entry.name.partition(".")[0] in snippet.source for entry in entries if entry.name not in own):
            return []
    return [path.relative_to(folder).as_posix() for path in local_files(snippet) if path.is_relative_to(folder)]


def evidence(snippet: Snippet, project: Project) -> Recording | block.Committed:
    """What is known of a program's output: its recording, or else its transcript. Raises ProblemsError."""
    entry = Cache(project).load(snippet.slug)
    if isinstance(entry, Recording):
        if entry.digest != digest(snippet):
            what = "the program has changed since it was recorded. Run “make record”."
            raise ProblemsError([Problem(snippet.place, None, what)])
        return entry
    reason = entry.reason if isinstance(entry, Absence) else "it has not been recorded. Run “make record”."
    path = snippet.transcript_path
    if in_ci() or not path.is_file():
        raise ProblemsError([Problem(snippet.place, None, reason)])
    place = transcript_place(snippet)
    return block.Committed(Transcript.parse(read(path, place), place), reason)


def _problem(reference: Reference, same: int, place: str | None, project: Project, what: str) -> Problem:
    """A problem at the block's line, where it is known which page this is; `same` counts blocks that are alike."""
    if place is None:
        return Problem(reference.target, None, what)
    text = (project.root / place).read_bytes().decode("utf-8", "replace")
    lines = [found.line for found in page.find_blocks(text) if replace(found, line=1) == reference]
    return Problem(place, lines[same - 1] if same <= len(lines) else None, what)


def _place(md: Markdown, project: Project) -> str | None:
    """The page that is being rendered, as MkDocs or Zensical tells it; neither does so in a documented way."""
    if "relpath" in md.treeprocessors:
        file = getattr(md.treeprocessors["relpath"], "file", None)
        uri = getattr(file, "src_uri", None)
    elif "rendering_context" in md.preprocessors:
        uri = getattr(getattr(md.preprocessors["rendering_context"], "page", None), "path", None)
    else:
        uri = None
    place = f"docs/{uri}"
    return place if uri and (project.root / place).is_file() else None


def makeExtension(**settings: Any) -> ProgramExtension:  # noqa: N802 - its name in Python-Markdown
    """The extension, as Python-Markdown asks for it."""
    return ProgramExtension(**settings)
