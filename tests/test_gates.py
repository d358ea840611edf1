"""What must hold for the whole guide: nothing untested, nothing unshown, nothing that leads nowhere or elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import bs4
import pytest
import pytest_codeblocks
import tinycss2
import yaml

from runnable import page
from runnable.project import Project
from runnable.snippet import Snippet, find_snippets
from runnable.transcript import Transcript

ROOT = Path(__file__).resolve().parents[1]
PROJECT = Project.at(ROOT)
SNIPPETS, SNIPPET_PROBLEMS = find_snippets(PROJECT)
PAGES = sorted(PROJECT.docs.rglob("*.md"))
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES]
IDS = [snippet.slug for snippet in SNIPPETS]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Programs


def test_every_file_in_snippets_is_a_sound_program() -> None:
    assert list(map(str, SNIPPET_PROBLEMS)) == []
    assert len(SNIPPETS) > 40


@pytest.mark.parametrize("snippet", SNIPPETS, ids=IDS)
def test_every_program_has_a_transcript_of_its_own_command(snippet: Snippet) -> None:
    assert snippet.transcript_path.exists(), f"{snippet.place}: no transcript. Run “make accept”."
    text = snippet.transcript_path.read_text("utf-8")
    assert Transcript.parse(text, place(snippet.transcript_path)).command == snippet.command


def test_every_transcript_has_a_program() -> None:
    orphans = [place(path) for path in PROJECT.snippets.rglob("*.out") if not path.with_suffix(".py").exists()]
    assert orphans == []


@pytest.mark.parametrize("snippet", SNIPPETS, ids=IDS)
def test_every_program_is_shown_on_the_page_of_its_folder(snippet: Snippet) -> None:
    shown_on = {place for place, _ in page.used_by(PROJECT).get(snippet.slug, [])}
    own = f"docs/{snippet.slug.rpartition('/')[0]}.md"
    assert own in shown_on, f"{snippet.place} is shown on {sorted(shown_on) or 'no page'}, but not on {own}"


@pytest.mark.parametrize("snippet", SNIPPETS, ids=IDS)
def test_every_program_has_a_test_that_asserts_what_it_did(snippet: Snippet) -> None:
    folder, _, name = snippet.slug.rpartition("/")
    section, _, topic = folder.rpartition("/")
    module = ROOT / "tests" / "snippets" / section / f"test_{topic.replace('-', '_')}.py"
    assert module.exists(), f"{snippet.place} needs a test in {place(module)}"
    assert name in set(programs_tested(module)), (
        f"{place(module)} has no test that runs “{name}” and asserts what it did"
    )


def programs_tested(module: Path) -> Iterator[str]:
    """The names of the programs that a test function of the module runs, in one that asserts something."""
    for function in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef) or not function.name.startswith("test_"):
            continue
        nodes = list(ast.walk(function))
        if not any(isinstance(node, ast.Assert) for node in nodes):
            continue
        # What is run by a name that is written there, or by one of those that a parameter or a loop takes.
        runs = [node for node in nodes if isinstance(node, ast.Call) and _name(node.func) in {"virtual", "recording"}]
        yield from (call.args[0].value for call in runs if call.args and isinstance(call.args[0], ast.Constant))
        if any(call.args and not isinstance(call.args[0], ast.Constant) for call in runs):
            strings = (node.value for node in nodes if isinstance(node, ast.Constant))
            yield from (string for string in strings if isinstance(string, str))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


# Pages


def front_matter(path: Path) -> dict[str, object]:
    match = re.match(r"---\n(.*?)\n---\n", path.read_text("utf-8"), re.DOTALL)
    return yaml.safe_load(match[1]) if match else {}


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_every_page_shows_a_program_or_says_why_not(path: Path) -> None:
    blocks = page.find_blocks(path.read_text("utf-8"))
    reason = front_matter(path).get("no_snippet")
    assert blocks or reason, (
        f"{place(path)} shows no program. Show one, or give the reason as no_snippet in its front matter."
    )
    assert not (blocks and reason), f"{place(path)} shows a program: delete no_snippet"


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_every_page_says_what_it_is_for(path: Path) -> None:
    matter = front_matter(path)
    assert matter.get("title")
    description = str(matter.get("description") or "")
    assert 40 <= len(description) <= 200, f"{place(path)}: its description has {len(description)} characters"


# Fences


@dataclass(frozen=True)
class Fence:
    line: int
    info: str
    code: str
    reason: str | None
    """Why it is not run."""


_OPT_OUT = re.compile(
    r'<!--\s*pytest\.mark\.skip\(reason="(?P<skip>[^"]{15,})"\)\s*-->|<!--\s*not run: (?P<not_run>.{15,}?)\s*-->'
)


def fences(text: str) -> Iterator[Fence]:
    """Every fenced block, wherever it stands: lists and admonitions indent theirs."""
    opened: tuple[str, int, str] | None = None
    code: list[str] = []
    before = ""
    reason: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"[\s>]*(?P<marks>`{3,}|~{3,})(?P<info>.*)$", line)
        if opened is None and match:
            opened, code = (match["marks"], number, match["info"].strip()), []
            opt_out = _OPT_OUT.search(before)
            reason = (opt_out["skip"] or opt_out["not_run"]) if opt_out else None
        elif opened and match and match["marks"].startswith(opened[0]) and not match["info"].strip():
            yield Fence(opened[1], opened[2], "\n".join(code), reason)
            opened = None
        elif opened:
            code.append(line)
        if line.strip():
            before = line
    assert opened is None, f"the fence in line {opened and opened[1]} is not closed"


def is_run(path: Path, fence: Fence) -> bool:
    """Whether pytest-codeblocks runs it: it skips others without a word, and behind a main guard nothing runs."""
    run = {
        block.lineno
        for block in pytest_codeblocks.extract_from_file(path)
        if block.syntax in {"python", "sh", "bash"} and not block.marks
    }
    return fence.line in run and "__main__" not in fence.code


@pytest.mark.parametrize("path", PROSE, ids=place)
def test_every_fence_is_run_or_says_why_not(path: Path) -> None:
    untested = [
        f"{place(path)}:{fence.line}: the fence “{fence.info}” is neither run nor opted out with a reason"
        for fence in fences(path.read_text("utf-8"))
        if not fence.reason and not is_run(path, fence)
    ]
    assert untested == []


def test_the_list_of_fences_is_complete_and_the_gate_can_fail(tmp_path: Path) -> None:
    text = (
        "```python\nprint(1)\n```\n\n!!! note\n\n    ```py\n    print(2)\n    ```\n\n"
        '<!-- pytest.mark.skip(reason="needs a running server") -->\n```sh\nmake serve\n```\n\n~~~ text\nhello\n~~~\n\n'
        "```python\nif __name__ == '__main__':\n    print(3)\n```\n"
    )
    path = tmp_path / "page.md"
    path.write_text(text)
    found = list(fences(text))
    assert [(fence.info, fence.reason, is_run(path, fence)) for fence in found] == [
        ("python", None, True),
        ("py", None, False),
        ("sh", "needs a running server", False),
        ("text", None, False),
        ("python", None, False),
    ]


# The built site


def test_the_strict_build_writes_every_page(site: Path) -> None:
    for path in PAGES:
        relative = path.relative_to(PROJECT.docs)
        built = site / relative.with_suffix(".html") if relative.name == "index.md" else site / relative.with_suffix("")
        assert built.exists(), f"{place(path)} was not built"


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def parsed(path: Path) -> bs4.BeautifulSoup:
    return bs4.BeautifulSoup(path.read_text("utf-8"), "html5lib")


def target_of(site: Path, source: Path, link: str) -> tuple[Path, str]:
    """The file in the site that a link in `source` means, and its fragment."""
    parts = urlsplit(link)
    path = unquote(parts.path)
    if not path:
        target = source
    elif path.startswith("/"):
        target = site / path.lstrip("/")
    else:
        target = (source.parent / path).resolve()
    if target.is_dir():
        target /= "index.html"
    return target, unquote(parts.fragment)


def test_every_internal_link_and_anchor_resolves(site: Path) -> None:
    documents = {path: parsed(path) for path in html_files(site)}
    anchors = {
        path: {tag["id"] for tag in document.find_all(id=True)}
        | {tag["name"] for tag in document.find_all("a", attrs={"name": True})}
        for path, document in documents.items()
    }
    broken, checked = [], 0
    for path, document in documents.items():
        if path.name == "404.html":
            continue  # served from any depth: its links are absolute
        for tag in document.find_all(href=True) + document.find_all(src=True):
            link = str(tag.get("href") or tag.get("src"))
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            checked += 1
            target, fragment = target_of(site, path, link)
            if not target.exists():
                broken.append(f"{path.relative_to(site)}: {link} leads nowhere")
            elif fragment and target in anchors and fragment not in anchors[target] and fragment != "__top":
                broken.append(f"{path.relative_to(site)}: {link} leads to no such place")
    assert broken == []
    assert checked > 500


# Attributes by which a browser asks for something without the reader's doing; <a href> is the reader's own.
_REQUESTS = {
    "audio": ["src"],
    "embed": ["src"],
    "form": ["action"],
    "iframe": ["src"],
    "image": ["href", "xlink:href"],
    "img": ["src", "srcset"],
    "input": ["src"],
    "link": ["href"],
    "object": ["data"],
    "script": ["src"],
    "source": ["src", "srcset"],
    "track": ["src"],
    "use": ["href", "xlink:href"],
    "video": ["src", "poster"],
}
# Relations of <link> that only name something.
_NAMES_ONLY = {"canonical", "prev", "next", "alternate", "license", "author"}


def is_elsewhere(address: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme in {"http", "https", "ws", "wss", "ftp"}


def addresses_in_css(css: str) -> Iterator[str]:
    """What a style sheet asks for: @import, url(…), at any depth."""
    waiting = list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    while waiting:
        node = waiting.pop()
        if node.type == "url":
            yield node.value
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            yield from (token.value for token in node.prelude if token.type == "string")
        if node.type == "function" and node.lower_name in {"url", "src"}:
            yield from (token.value for token in node.arguments if token.type == "string")
        for children in ("prelude", "content", "arguments"):
            waiting += getattr(node, children, None) or []


@pytest.mark.timeout(600)
def test_the_site_asks_no_other_origin_for_anything(site: Path) -> None:
    found = []
    for path in html_files(site):
        document = parsed(path)
        name = path.relative_to(site)
        for element, attributes in _REQUESTS.items():
            for tag in document.find_all(element):
                if element == "link" and set(tag.get("rel") or []) <= _NAMES_ONLY:
                    continue
                for attribute in attributes:
                    for address in str(tag.get(attribute) or "").split(","):
                        if is_elsewhere(address):
                            found.append(f"{name}: <{element} {attribute}={address!r}>")
        css = [str(tag.string) for tag in document.find_all("style")]
        css += [f"x{{{tag['style']}}}" for tag in document.find_all(style=True)]
        found += [f"{name}: {address}" for sheet in css for address in addresses_in_css(sheet) if is_elsewhere(address)]
        found += [f"{name}: preconnect" for tag in document.find_all("link", rel=re.compile("preconnect|dns-prefetch"))]
    for path in site.rglob("*.css"):
        name = path.relative_to(site)
        found += [
            f"{name}: {address}" for address in addresses_in_css(path.read_text("utf-8")) if is_elsewhere(address)
        ]
    assert found == []


# Addresses that stand in a script and are asked for by nothing on our pages, each with the reason.
_UNUSED_ADDRESSES = {
    "https://unpkg.com/mermaid@11/dist/mermaid.min.js": "Material's loader of diagrams, for which no page has one",
    "https://fonts.googleapis.com": "Material asks it only where theme.font is set",
    "https://api.github.com": "Material asks it only where repo_url is set",
    "https://gitlab.com": "Material asks it only where repo_url is set",
    "https://${e}/api/v4/projects/": "the same, for a GitLab of one's own",
    "https://unpkg.com/resize-observer-polyfill": "Material asks it only in browsers from before 2020",
}
_NAMESPACES = ("http://www.w3.org/",)


def test_every_address_in_a_script_is_known_and_unused(site: Path) -> None:
    unknown = set()
    for path in site.rglob("*.js"):
        for address in re.findall(r"[\"'`](https?://[^\"'`\s\\]+)", path.read_text("utf-8")):
            known = address.startswith(tuple(_UNUSED_ADDRESSES)) or address.startswith(_NAMESPACES)
            if not known:
                unknown.add(f"{path.relative_to(site)}: {address}")
    assert sorted(unknown) == []


def test_no_page_has_what_the_unused_addresses_serve(site: Path) -> None:
    for path in html_files(site):
        document = parsed(path)
        assert not document.find_all(class_="mermaid"), f"{path}: a diagram would be loaded from elsewhere"
        assert not document.find_all(attrs={"data-md-component": "source"}), f"{path}: a repository would be asked"


def test_the_gate_on_origins_can_fail() -> None:
    css = "@import 'https://a.example/x.css'; a{background:url(//b.example/y.png)} @media print{b{src:url('c.woff')}}"
    assert sorted(filter(is_elsewhere, addresses_in_css(css))) == ["//b.example/y.png", "https://a.example/x.css"]
    assert not is_elsewhere("../assets/x.css")
    assert not is_elsewhere("data:image/svg+xml,x")
