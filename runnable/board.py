"""What a picture is drawn on: boxes, arrows and words in pixels, in the site's colours, as SVG by schemdraw.

Colours are roles, so that a picture follows light and dark: schemdraw knows no variables of CSS, so each role has a
colour of its own while it draws, which `svg` replaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from xml.etree import ElementTree

import schemdraw
from schemdraw.elements import Element
from schemdraw.segments import Segment, SegmentPoly, SegmentText

Role = Literal["ink", "quiet", "accent", "mark", "line", "raised", "surface"]
Point = tuple[float, float]

_STAND_INS: dict[Role, str] = {
    "ink": "#010101",
    "quiet": "#020202",
    "accent": "#030303",
    "mark": "#040404",
    "line": "#050505",
    "raised": "#060606",
    "surface": "#070707",
}
_NAMESPACE = "http://www.w3.org/2000/svg"
# The breadth that a page has for a picture on the narrowest phone.
WIDTH = 328
SIZE = 13.0
"""Of the type, in pixels; the small one is a little smaller."""
SMALL = 11.5


class Board:
    """A picture in the making. Places are in pixels, x to the right and y down; nothing may lie beyond WIDTH."""

    def __init__(self) -> None:
        schemdraw.use("svg")
        schemdraw.svgconfig.text = "text"
        # One unit is one pixel of the SVG.
        self._drawing = schemdraw.Drawing(show=False, font="inherit", inches_per_unit=1 / 72, margin=0)
        self._bottom = 0.0

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        role: Role = "ink",
        fill: Role = "raised",
        dashed: bool = False,
        radius: float = 6,
    ) -> None:
        """A box whose upper left corner is at (x, y)."""
        corners = [(x, -y), (x + width, -y), (x + width, -y - height), (x, -y - height)]
        ls: Literal["-", "--"] = "--" if dashed else "-"
        colour, inside = _STAND_INS[role], _STAND_INS[fill]
        self._add(SegmentPoly(corners, cornerradius=radius, color=colour, fill=inside, lw=1.3, ls=ls))
        self._bottom = max(self._bottom, y + height)

    def arrow(self, points: Sequence[Point], *, role: Role = "ink", dashed: bool = False) -> None:
        """A line through the points, with a head at its end."""
        *_, (x0, y0), (x1, y1) = points
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        back: Point = (x1 - 7 * dx, y1 - 7 * dy)
        line = [*points[:-1], back]
        colour = _STAND_INS[role]
        path = [(x, -y) for x, y in line]
        self._add(Segment(path, color=colour, lw=1.5, ls="--" if dashed else "-", joinstyle="round"))
        head = [(x1, -y1), (back[0] - 3.5 * dy, -back[1] - 3.5 * dx), (back[0] + 3.5 * dy, -back[1] + 3.5 * dx)]
        self._add(SegmentPoly(head, color=colour, fill=colour, lw=1))
        self._bottom = max(self._bottom, *(y for _, y in points))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        role: Role = "ink",
        small: bool = False,
        bold: bool = False,
        code: bool = False,
        align: Literal["left", "center", "right"] = "center",
    ) -> None:
        """Lines of words, the first one's middle at height y."""
        size = SMALL if small else SIZE
        # The weight and the kind of type travel as the font, since schemdraw has no other word for them.
        font = f"{'code' if code else 'text'}{'-bold' if bold else ''}"
        for number, line in enumerate(words.split("\n")):
            middle = -y - number * size * 1.35
            colour = _STAND_INS[role]
            self._add(SegmentText((x, middle), line, color=colour, align=(align, "center"), fontsize=size, font=font))
        self._bottom = max(self._bottom, y + (words.count("\n") + 1) * size * 1.35)

    def svg(self, title: str, description: str, ident: str) -> str:
        """The picture, with its text alternative; `ident` begins the ids in it."""
        drawn = ElementTree.fromstring(self._drawing.get_imagedata("svg"))
        ElementTree.register_namespace("", _NAMESPACE)
        height = round(self._bottom + 4)
        root = ElementTree.Element(
            f"{{{_NAMESPACE}}}svg",
            {
                "viewBox": f"0 -2 {WIDTH} {height}",
                "width": str(WIDTH),
                "height": str(height),
                "role": "img",
                "aria-labelledby": f"{ident}-title {ident}-description",
            },
        )
        for tag, words in (("title", title), ("desc", description)):
            name = "description" if tag == "desc" else tag
            ElementTree.SubElement(root, f"{{{_NAMESPACE}}}{tag}", {"id": f"{ident}-{name}"}).text = words
        for shape in drawn:
            root.append(_plain(shape))
        text = ElementTree.tostring(root, encoding="unicode")
        for role, stand_in in _STAND_INS.items():
            text = text.replace(stand_in, "currentColor" if role == "ink" else f"var(--site-{role})")
        return text

    def _add(self, segment: Segment | SegmentPoly | SegmentText) -> None:
        element = Element()
        element.segments.append(segment)
        self._drawing.add(element.at((0, 0)).theta(0))


def _plain(shape: ElementTree.Element) -> ElementTree.Element:
    """The shape with short numbers, and without what only schemdraw needs."""
    if "points" in shape.attrib:
        shape.set("points", _thinned(shape.get("points", "")))
    style = shape.get("style", "")
    shape.set("style", re.sub(r"stroke-dasharray:-;", "", style)) if style else None
    if shape.tag.endswith("text"):
        # One line each: its place is the middle of the line.
        (line,) = shape
        place = {"x": shape.get("x", "0"), "y": f"{float(shape.get('y', '0')) + float(line.get('dy', '0')):.1f}"}
        shape.text, line.text = line.text, None
        shape.remove(line)
        kind = shape.attrib.pop("font-family")
        shape.attrib.pop("dominant-baseline", None)
        shape.attrib |= place | {"dominant-baseline": "central", "class": kind}
    return shape


def _thinned(points: str) -> str:
    """The corners of a polygon without those that are less than a pixel from the one before."""
    kept: list[Point] = []
    for pair in points.split():
        x, y = (round(float(number), 1) for number in pair.split(","))
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 1:
            kept.append((x, y))
    return " ".join(f"{x:g},{y:g}" for x, y in kept)
