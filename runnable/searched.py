"""What the site's search reads of a page: of most HTML in a block nothing, and of code its text, which is read soon.

The block marks its HTML with comments. While MkDocs lets plugins look at a page, what is marked is taken out of it, and
afterwards put back; a generator that does not ask for that publishes the comments, which do nothing.
"""

from __future__ import annotations

import re

_MARKED = re.compile(r"<!--(?P<kind>un|plainly )searched-->(?P<html>.*?)<!--/searched-->", re.DOTALL)
_STAND_IN = re.compile(r"<!--taken (\d+)-->.*?<!--/taken-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def unsearched(html: str) -> str:
    """HTML that the search has no use for, marked."""
    return f"<!--unsearched-->{html}<!--/searched-->"


def plainly_searched(html: str) -> str:
    """HTML of code, marked: the search reads its text alone. No attribute in it may have a `>`."""
    return f"<!--plainly searched-->{html}<!--/searched-->"


def taken_out(page: str) -> tuple[str, list[str]]:
    """The HTML of a page with something short in place of what is marked, and what was taken out."""
    taken: list[str] = []

    def take(found: re.Match[str]) -> str:
        taken.append(found[0])
        text = "" if found["kind"] == "un" else f"<pre><code>{_TAG.sub('', found['html'])}</code></pre>"
        return f"<!--taken {len(taken) - 1}-->{text}<!--/taken-->"

    return _MARKED.sub(take, page), taken


def put_back(page: str, taken: list[str]) -> str:
    """The HTML of a page with what was taken out of it."""
    return _STAND_IN.sub(lambda found: taken[int(found[1])], page)
