"""A project made for a measurement: programs alike, their transcripts, and pages that show them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

_PER_PAGE = 20


@dataclass(frozen=True)
class Program:
    """A program and what it prints. `{number}` in either becomes the program's own number."""

    source: str
    output: str


NOTHING = Program("pass\n", "")

WAITS = Program(
    """\
import asyncio


async def main():
    await asyncio.sleep(1)
    print("program {number} is done")


asyncio.run(main())
""",
    "program {number} is done\n",
)

# As long as the guide's programs are (median: 23 lines, 520 bytes), without their waits.
TRIVIAL = Program(
    """\
import asyncio

PRICES = [("tea", 3), ("bread", 4), ("soup", 7)]


async def price(name, amount):
    await asyncio.sleep(0)
    print("{number}:", name, "costs", amount)
    return amount


async def main():
    async with asyncio.TaskGroup() as group:
        prices = []
        for name, amount in PRICES:
            task = group.create_task(price(name, amount))
            prices.append(task)

    total = sum(task.result() for task in prices)
    print("{number}: all for", total)


asyncio.run(main())
""",
    "{number}: tea costs 3\n{number}: bread costs 4\n{number}: soup costs 7\n{number}: all for 14\n",
)


@dataclass(frozen=True)
class Trial:
    """The project in the folder `root`."""

    root: Path

    @classmethod
    def make(cls, root: Path, program: Program, count: int) -> Trial:
        """Writes `count` programs, all shown on pages, and nothing recorded."""
        for number in range(count):
            page, name = f"page-{number // _PER_PAGE:03}", f"program_{number:04}"
            source = _written(root / "snippets" / page / f"{name}.py", program.source.replace("{number}", str(number)))
            place = source.relative_to(root).as_posix()
            output = program.output.replace("{number}", str(number))
            _written(source.with_suffix(".out"), f"$ python {place}\n{output}")
            block = f"Program {number} follows.\n\n[Program {number}](../{place})\n\n"
            with _folder(root / "docs" / f"{page}.md").open("a", encoding="utf-8") as text:
                text.write(block)
        return cls(root)

    @property
    def programs(self) -> list[Path]:
        """The programs' files, in order."""
        return sorted((self.root / "snippets").rglob("*.py"))

    def forget(self) -> None:
        """Deletes what is recorded, so that all is stale."""
        shutil.rmtree(self.root / ".cache", ignore_errors=True)

    def recordings(self) -> dict[str, int]:
        """The files of the recordings, and the time of each in nanoseconds."""
        folder = self.root / ".cache" / "runnable" / "recordings"
        return {
            path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
            for path in folder.rglob("*.json")
            if not path.name.startswith(".")
        }


def _written(path: Path, text: str) -> Path:
    _folder(path).write_text(text, "utf-8", newline="\n")
    return path


def _folder(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
