"""A small site whose programs run in the page: the guide's theme, settings and hooks, with pages of its own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from benchmarks.bench import NotMeasuredError
from benchmarks.command import CommandFailedError, run
from runnable.kit.kit import kit
from runnable.kit.problem import KitError
from runnable.project import Project

ROOT = Path(__file__).resolve().parents[1]
HERE = Project.at(ROOT)
_BUILD = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")

REQUESTS = 500

TEA = """\
import asyncio


async def cook(dish, seconds):
    print(f"{dish}: on")
    await asyncio.sleep(seconds)
    print(f"{dish}: done")


async def main():
    await asyncio.gather(cook("rice", 0.1), cook("beans", 0.05))


asyncio.run(main())
"""

IMPORTS = """\
# /// script
# dependencies = ["aiohttp"]
# ///
import time


def main():
    began = time.perf_counter()
    import aiohttp

    print(f"{aiohttp.__name__} took {time.perf_counter() - began:.4f} s")


main()
"""

# On a desktop, where it is recorded, it ends at once.
SPINS = """\
import sys

print("begins")
while sys.platform == "emscripten":
    pass
"""

ASKS = f"""\
# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio
import time

import aiohttp
from aiohttp import web


async def hello(request):
    return web.Response(text="hello")


async def main():
    app = web.Application()
    app.router.add_get("/", hello)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    async with aiohttp.ClientSession() as session:
        began = time.perf_counter()
        for _ in range({REQUESTS}):
            async with session.get(f"http://{{host}}:{{port}}/") as response:
                assert await response.text() == "hello"
        print(f"{{{REQUESTS} / (time.perf_counter() - began):.1f}} requests a second")
    await runner.cleanup()


asyncio.run(main())
"""

PROGRAMS = {
    "tea": (TEA, "rice: on\nbeans: on\nbeans: done\nrice: done\n"),
    "imports": (IMPORTS, "aiohttp took [..] s\n"),
    "spins": (SPINS, "begins\n"),
    "asks": (ASKS, "[..] requests a second\n"),
}
"""Each program and its transcript without the command."""


def path(root: Path, name: str) -> Path:
    """The file of a program, where the site was made in the folder `root`."""
    return root / "snippets" / "trial" / name / f"{name}.py"


def make(root: Path) -> Path:
    """Builds it in the folder `root`; the site's folder, where each program has the page `trial/<name>/`.

    Raises NotMeasuredError.
    """
    try:
        kit(HERE)  # where it is not made yet, it is made for good
    except KitError as error:
        raise NotMeasuredError(f"There is no Python for the page: {error}") from error
    for name in ("docs/assets", "overrides", "requirements", "runnable"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(HERE.cache / "browser", root / ".cache" / "runnable" / "browser")
    written(root / "pyproject.toml", "[tool.runnable]\nbrowser = true\n")
    for name, (source, output) in PROGRAMS.items():
        file = path(root, name)
        place = file.relative_to(root).as_posix()
        written(file, source)
        written(file.with_suffix(".out"), f"$ python {place}\n{output}")
        written(root / "docs" / "trial" / f"{name}.md", f"# {name}\n\n[It runs](../../{place})\n")
    return built(root, settings() | {"watch": ["snippets"]})


def settings() -> dict[str, Any]:
    """Those of the guide, without its pages."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    del found["nav"]
    return found


def built(root: Path, config: dict[str, Any]) -> Path:
    """Has MkDocs build what is in the folder, with a first page. Raises NotMeasuredError."""
    written(root / "docs" / "index.md", "---\nno_snippet: it has none\n---\n\n# Trial\n")
    written(root / "mkdocs.yml", yaml.safe_dump(config))
    try:
        run(_BUILD, root)
    except CommandFailedError as error:
        raise NotMeasuredError(f"A small site cannot be built: {error}") from error
    return root / "site"


def written(path: Path, text: str) -> None:
    """Writes a file, and makes the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
