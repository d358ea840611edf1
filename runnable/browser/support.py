"""Which programs can run in the reader's page, and why the others cannot. For the build: nothing of it runs there."""

from __future__ import annotations

import ast
import os
from functools import cache, lru_cache, partial

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from runnable.memory import Memory
from runnable.problem import listed
from runnable.snippet import Snippet

PYTHON = "3.14"
"""The Python of the page."""

WHEELS = frozenset({"aiohttp", "aiofiles"})
"""What programs may depend on there; what these need comes with them."""

_PROCESSES = "It starts processes, and a page has none."
_THREADS = "It runs functions on threads, and a page has none."
_INTERPRETERS = "It runs several interpreters, and a page has one."
_SIGNALS = "It handles signals of the operating system, and a page sends none."
_UNIX = "It uses Unix sockets, which a page does not have."
_ENCRYPTS = "It encrypts connections, for which the page's Python lacks the library."
_PIPES = "It reads pipes, which a page does not have."
_WATCHED = "It has a thread watch it, and a page has none."
_MEASURES = "It measures the process that it is, and a page is none."

# What a program imports, or what it calls something's attribute, and what follows from it.
_MODULES = {
    "subprocess": _PROCESSES,
    "multiprocessing": _PROCESSES,
    "concurrent.futures.process": _PROCESSES,
    "concurrent.interpreters": _INTERPRETERS,
    "_thread": _THREADS,
    "ssl": _ENCRYPTS,
    "resource": _MEASURES,
}
_NAMES = {
    **dict.fromkeys(
        ("create_subprocess_exec", "create_subprocess_shell", "subprocess_exec", "subprocess_shell", "fork",
         "ProcessPoolExecutor", "posix_spawn"),
        _PROCESSES,
    ),
    **dict.fromkeys(
        ("Thread", "Timer", "ThreadPoolExecutor", "to_thread", "run_in_executor", "start_new_thread"), _THREADS
    ),
    "InterpreterPoolExecutor": _INTERPRETERS,
    **dict.fromkeys(("add_signal_handler", "raise_signal", "kill", "killpg", "setitimer", "alarm"), _SIGNALS),
    **dict.fromkeys(
        ("start_unix_server", "open_unix_connection", "create_unix_server", "create_unix_connection", "AF_UNIX"), _UNIX
    ),
    **dict.fromkeys(("connect_read_pipe", "connect_write_pipe"), _PIPES),
    "getrusage": _MEASURES,
    "dump_traceback_later": _WATCHED,
}  # fmt: skip
# These names are common: they mean what is above only as attributes of these.
_OWNERS = {"kill": ("os",), "fork": ("os",), "alarm": ("signal",), "Thread": ("threading",), "Timer": ("threading",)}


def reason(snippet: Snippet, memory: Memory | None = None) -> str:
    """Why a program cannot run in the reader's page, as a sentence; "" where it can.

    What `memory` knows of a text is not looked for again.
    """
    if said := _said(snippet):
        return said
    texts = [snippet.source, *(text for name, text in files(snippet).items() if name.endswith(".py"))]
    told = (
        _noticed(text) if memory is None else memory.fact(f"what a page lacks\0{text}", partial(_noticed, text))
        for text in texts
    )
    return next(filter(None, told), "")


def _said(snippet: Snippet) -> str:
    """What follows from the header."""
    header = snippet.header
    missing = [each.name for each in header.dependencies if canonicalize_name(each.name) not in WHEELS]
    if header.browser:
        said = header.browser
    elif header.alone:
        said = "It measures, and in a page it would measure the page."
    elif header.services:
        said = f"It talks to {listed(header.services)}, and a page has no such server."
    elif not _fits(PYTHON, snippet):
        newer = next((minor for minor in range(int(PYTHON.partition(".")[2]), 40) if _fits(f"3.{minor}", snippet)), 0)
        said = f"It needs Python {f'3.{newer} or newer' if newer else 'before ' + PYTHON}; the page's is {PYTHON}."
    elif missing:
        said = f"It needs {listed(missing)}, which the page's Python does not have."
    else:
        said = ""
    return said


def _fits(minor: str, snippet: Snippet) -> bool:
    return _any_fits(minor, snippet.header.requires_python)


@cache
def _any_fits(minor: str, needed: SpecifierSet) -> bool:
    return any(f"{minor}.{patch}" in needed for patch in range(30))


def files(snippet: Snippet) -> dict[str, str]:
    """What lies beside the program and is named in it, so that it may import or read it: texts by names."""
    found = {}
    folder = snippet.path.parent
    for name in sorted(os.listdir(folder)):
        is_part = not name.endswith(".out") and (not name.endswith(".py") or name.startswith("_"))
        if is_part and (path := folder / name).is_file() and path.stem in snippet.source:
            try:
                found[path.name] = path.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a program that reads it has a reason in its header, or a test fails
    return found


@lru_cache(maxsize=4096)
def _noticed(source: str) -> str:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # of a newer Python; its own run will tell
        return ""
    found = dict.fromkeys(filter(None, (_follows(node) for node in ast.walk(tree))))
    # A program that stops processes has signals, too: the first in this order is what it is about.
    order = list(dict.fromkeys((*_MODULES.values(), *_NAMES.values())))
    return min(found, key=order.index, default="")


def _follows(node: ast.AST) -> str | None:
    match node:
        case ast.Import(names=names):
            return next((_MODULES[each.name] for each in names if each.name in _MODULES), None)
        case ast.ImportFrom(module=str(module), names=names):
            if module in _MODULES:
                return _MODULES[module]
            return next((_NAMES[each.name] for each in names if _is_meant(each.name, module)), None)
        case ast.Attribute(attr=name, value=value) if _is_meant(name, ast.unparse(value)):
            return _NAMES[name]
    return None


def _is_meant(name: str, owner: str) -> bool:
    return name in _NAMES and (name not in _OWNERS or owner in _OWNERS[name])
