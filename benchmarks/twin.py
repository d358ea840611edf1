"""The guide as it would be with plain code fences: the same pages, but every block is two fences, code and output."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from runnable import page
from runnable.project import Project
from runnable.snippet import Snippet, find_snippets

_EXTENSION = "runnable.markdown"
_HOOKS = "runnable/hooks.py"
_PROGRAM_LINK = re.compile(r"\[([^\[\]]*)\]\((?:\.{1,2}/)+snippets/[^()\s]*\)")


def copy(project: Project, root: Path) -> Project:
    """A copy of the project in the folder `root`, recordings included."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        """What tools made, and git's."""
        top = (
            {name for name in names if name.startswith(".") or name == "site"}
            if Path(folder) == project.root
            else set()
        )
        return top | {name for name in names if name == "__pycache__"}

    shutil.copytree(project.root, root, ignore=left_out, symlinks=True)
    if project.cache.exists():
        shutil.copytree(project.cache, root / ".cache" / "runnable", symlinks=True)
    return Project.at(root)


def make_plain(project: Project) -> int:
    """Turns a copy of the project into the twin without blocks. Returns how many blocks there were."""
    config = project.root / "mkdocs.yml"
    config.write_text(without_runnable(config.read_text("utf-8")), "utf-8")
    snippets = {snippet.slug: snippet for snippet in find_snippets(project)[0]}
    blocks = 0
    for path in project.docs.rglob("*.md"):
        text, found = with_fences(path.read_text("utf-8"), snippets)
        path.write_text(text, "utf-8")
        blocks += found
    return blocks


def without_runnable(config: str) -> str:
    """A mkdocs.yml without our hooks and extension, and not strict: links to blocks lead nowhere now.

    It is edited as a tree of nodes, so that tags such as `!!python/name:` outlive it.
    """
    tree = yaml.compose(config, Loader=yaml.SafeLoader)
    kept = []
    for key, value in tree.value:
        if key.value == "hooks":
            value.value = [hook for hook in value.value if hook.value != _HOOKS]
        if key.value == "markdown_extensions":
            value.value = [extension for extension in value.value if _name(extension) != _EXTENSION]
        if key.value == "strict":
            value.value = "false"
        if key.value != "hooks" or value.value:
            kept.append((key, value))
    tree.value = kept
    return str(yaml.serialize(tree, allow_unicode=True))


def _name(extension: yaml.Node) -> str:
    """The name of an entry of markdown_extensions, with settings or without."""
    if isinstance(extension, yaml.MappingNode):
        return str(extension.value[0][0].value)
    return str(extension.value)


def with_fences(text: str, snippets: dict[str, Snippet]) -> tuple[str, int]:
    """A page with two fences for each block, and how many blocks it had; links to programs become text."""
    blocks = page.find_blocks(text)
    lines = text.splitlines()
    for block in reversed(blocks):
        first = block.line - 1
        last = first
        while last + 1 < len(lines) and lines[last + 1].strip(" >"):
            last += 1
        indent = re.match(r"[ >]*", lines[first])
        before = indent.group() if indent else ""
        snippet = snippets[page.slug_of(block.target) or ""]
        lines[first : last + 1] = [f"{before}{line}".rstrip() for line in _fences(block, snippet)]
    return _PROGRAM_LINK.sub(r"\1", "\n".join(lines) + "\n"), len(blocks)


def _fences(block: page.Reference, snippet: Snippet) -> list[str]:
    options, _ = page.parse_options(block)
    code = [line for _, line in page.shown_lines(options, snippet)]
    lines = [block.caption, "", "~~~~python", *code, "~~~~"]
    if options.output and snippet.transcript_path.exists():
        lines += ["", "~~~~text", *snippet.transcript_path.read_text("utf-8").splitlines(), "~~~~"]
    return lines
