"""The last step of a build, over the pages of a site whatever made them: where Python is, and what may run in them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from runnable.policy import with_policy

_META = re.compile(r'<meta name="runnable-(?:python|ours)"[^>]*>\n?')


def finish(site: Path, places: Mapping[str, str], *, inline: bool = False) -> int:
    """Writes it into every page below the folder, and says how many there are. Doing it again changes nothing.

    `places` are those of a `Kit`, none where there is none. `inline` is that of `with_policy`.
    """
    count = 0
    for path in sorted(site.rglob("*.html")):
        page = path.read_bytes().decode()
        metas = "".join(
            f'<meta name="{name}" content="{_relative(path, site, place)}">\n' for name, place in places.items()
        )
        new = re.sub(r"</head>", lambda _, metas=metas: f"{metas}</head>", _META.sub("", page), count=1)  # type: ignore[misc]
        new = with_policy(new, inline=inline)
        if new != page:
            path.write_bytes(new.encode())
        count += 1
    return count


def _relative(path: Path, site: Path, place: str) -> str:
    if path == site / "404.html":
        # It is sent in place of pages at any depth. Nothing can be run there.
        return ""
    return os.path.relpath(site / place, path.parent).replace(os.sep, "/") + "/"
