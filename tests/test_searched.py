"""What the search reads of a page: what it need not read is taken out, and comes back as it was."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from material.plugins.search.plugin import Parser

from runnable.listing import Listing
from runnable.project import Project
from runnable.searched import plainly_searched, put_back, taken_out, unsearched
from runnable.snippet import Snippet

CODE = (
    '<div class="program-code highlight"><pre id="__tea_py_code"><code aria-label="Code of tea.py">'
    '<span class="k">if</span> tea &lt; <span class="mi">3</span>:\n    brew()\n</code></pre></div>'
)
PAGE = f"<h1>Tea</h1>\n<p>First</p>{plainly_searched(CODE)}\n<p>then</p>{unsearched('<svg>…</svg>')}<p>last</p>"


def test_what_is_taken_out_of_a_page_comes_back_as_it_was() -> None:
    left, taken = taken_out(PAGE)
    assert len(left) < len(PAGE)
    assert put_back(f"<html>{left}</html>", taken) == f"<html>{PAGE}</html>"


def test_of_code_the_text_is_left_and_of_what_is_unsearched_nothing() -> None:
    left, _ = taken_out(PAGE)
    assert BeautifulSoup(left, "html.parser").get_text() == "Tea\nFirstif tea < 3:\n    brew()\n\nthenlast"
    assert "svg" not in left


def test_a_page_without_marks_is_left_alone() -> None:
    assert taken_out("<p>tea</p>") == ("<p>tea</p>", [])
    assert put_back("<p>tea</p>", []) == "<p>tea</p>"


def test_a_program_that_prints_our_marks_changes_nothing() -> None:
    mark = "&lt;!--taken 0--&gt;&lt;!--/searched--&gt;"
    page = f"{plainly_searched(f'<pre>{mark}</pre>')}{plainly_searched('<pre>two</pre>')}"
    left, taken = taken_out(page)
    first, second = (f"<pre><code>{text}</code></pre><!--/taken-->" for text in (mark, "two"))
    assert left == f"<!--taken 0-->{first}<!--taken 1-->{second}"
    assert put_back(left, taken) == page


def test_the_search_finds_the_same_words_in_every_program_of_the_guide() -> None:
    project = Project.at()
    for path in sorted(project.snippets.rglob("*.py")):
        if path.name.startswith("_"):
            continue
        snippet = Snippet.read(path, project)
        html = Listing(snippet, "tea.py", numbered=True).html(snippet.visible(), f"Code of {path.name}", "code")
        assert words(taken_out(plainly_searched(html))[0]) == words(html), snippet.place


def words(html: str) -> list[str]:
    """What Material's search has to look in, word for word."""
    parser = Parser()
    parser.feed(f"<h1>Tea</h1>{html}")
    parser.close()
    text = "".join(piece for section in parser.data for piece in section.text)
    return re.sub(r"</?(?:pre|code)>", " ", text).split()
