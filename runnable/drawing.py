"""A picture in a page: drawn from the file that a link, alone in its paragraph, leads to.

    [One round of the event loop](../../pictures/event_loop_round.py)

The file in `pictures/` has a docstring, whose first line is the picture's title and whose rest says in words what it
shows, and a function `draw(board)`, which draws it on a `runnable.board.Board`. The picture stands in the page as SVG.

    markdown_extensions:
      - runnable.drawing
"""

from __future__ import annotations

import ast
import re
import traceback
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.util import AtomicString

from runnable.block import broken
from runnable.problem import Problem, ProblemsError, listed, nearest
from runnable.project import Project
from runnable.text import read

_PICTURE = re.compile(r"\[(?P<caption>[^\[\]]+)\]\((?P<target>(?:\.\./)+pictures/(?P<name>[^()\s/]+)\.py)\)")


def picture_files(project: Project) -> list[Path]:
    """All pictures' files, in the order of their names."""
    return sorted((project.root / "pictures").glob("[!_]*.py"))


def svg(path: Path, project: Project, ident: str) -> str:
    """The picture that the file draws; `ident` begins the ids in it. Raises ProblemsError."""
    from runnable.board import Board  # noqa: PLC0415 - only a page with a picture needs schemdraw

    place = project.relative(path)
    source = read(path, place)
    try:
        words = ast.get_docstring(ast.parse(source)) or ""
        title, _, description = words.partition("\n\n")
        if not title or not description.strip():
            what = "its docstring needs a title, an empty line, and a description for those who cannot see it."
            raise ProblemsError([Problem(place, 1, what)])
        names: dict[str, Any] = {}
        exec(compile(source, str(path), "exec"), names)
        board = Board()
        names["draw"](board)
    except ProblemsError:
        raise
    except Exception as error:
        frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        line = frames[-1] if frames else getattr(error, "lineno", None)
        what = f"the picture cannot be drawn: {type(error).__name__}: {error}. Correct it there."
        raise ProblemsError([Problem(place, line, what)]) from None
    return board.svg(" ".join(title.split()), " ".join(description.split()), ident)


class DrawingExtension(Extension):
    """Puts pictures in the place of links to them. Raises ProblemsError from `convert` where one cannot be drawn."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "root": [".", "The project's folder"],
            "lenient": [False, "Whether a picture that cannot be drawn shows why, in its place"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - its name in Python-Markdown
        """Registers what finds pictures."""
        self.md = md
        md.registerExtension(self)
        md.parser.blockprocessors.register(_Pictures(md.parser, self), "runnable-drawing", 13)
        self.reset()

    def reset(self) -> None:
        """Forgets the page before."""
        self._shown: dict[str, int] = {}

    def element(self, caption: str, target: str, name: str) -> Element:
        """The figure with one picture. Raises ProblemsError, unless lenient."""
        try:
            return self._figure(caption, target, name)
        except ProblemsError as error:
            if self.getConfig("lenient"):
                return broken(caption, str(error))
            raise

    def _figure(self, caption: str, target: str, name: str) -> Element:
        project = Project.at(self.getConfig("root"))
        path = project.root / "pictures" / f"{name}.py"
        if path not in picture_files(project):
            known = [other.stem for other in picture_files(project)]
            near = nearest(name, known) or known
            hint = f"Did you mean {listed(near, last='or')}?" if near else "Draw it, or correct the link."
            place, line = _standing(target, project)
            raise ProblemsError([Problem(place, line, f"there is no pictures/{name}.py. {hint}")])
        count = self._shown[name] = self._shown.get(name, 0) + 1
        ident = f"picture-{name.replace('_', '-')}" + (f"-{count}" if count > 1 else "")
        figure = Element("figure", {"class": "picture"})
        drawn = self.md.htmlStash.store(svg(path, project, ident))
        SubElement(figure, "div", {"class": "picture-drawing"}).text = AtomicString(drawn)
        SubElement(figure, "figcaption").text = caption
        return figure


def _standing(target: str, project: Project) -> tuple[str, int | None]:
    """The page and the line of the first link to `target`; Python-Markdown does not tell which page it renders."""
    for path in sorted(project.docs.rglob("*.md")):
        text = path.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if f"]({target})" in line:
                return project.relative(path), number
    return target, None


class _Pictures(BlockProcessor):
    def __init__(self, parser: BlockParser, extension: DrawingExtension) -> None:
        super().__init__(parser)
        self._extension = extension

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return _PICTURE.fullmatch(" ".join(block.split())) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = _PICTURE.fullmatch(" ".join(blocks.pop(0).split()))
        assert found is not None
        parent.append(self._extension.element(found["caption"], found["target"], found["name"]))


def makeExtension(**settings: Any) -> DrawingExtension:  # noqa: N802 - its name in Python-Markdown
    """The extension, as Python-Markdown asks for it."""
    return DrawingExtension(**settings)
