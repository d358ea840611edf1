"""The gallery of mistakes: each is shown broken and fixed, side by side, and Ruff says of both what the page says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from markdown.extensions.toc import slugify

from runnable import page
from runnable.project import Project
from runnable.snippet import Snippet

PROJECT = Project.at(Path(__file__).resolve().parents[1])
SECTION = PROJECT.docs / "tips-and-pitfalls"
PAGES = ("coroutines", "tasks", "cancellation", "threads")
# About docstrings, annotations and packages: these differ where programs have different functions, mistake or not.
FORM = re.compile(r"(?:ANN|D|INP)\d")
RULE = re.compile(
    r"\[(?P<code>[A-Z]+\d+)\]\(https://docs\.astral\.sh/ruff/rules/(?P<name>[a-z-]+)\)(?P<preview> \(in preview\))?"
)
WIDTH = 60
"""Columns of code that fit beside each other, as docs/assets/site.css says."""


@dataclass(frozen=True)
class Mistake:
    """A section of a page of the gallery."""

    place: str
    """As the index links to it: `tasks.md#a-task-that-vanishes`."""
    text: str

    @property
    def linter(self) -> str:
        """What the page says of the linter."""
        found = re.search(r"^\*\*Linter\.\*\* (.*?)\n\n", self.text, re.MULTILINE | re.DOTALL)
        assert found, f"{self.place} says nothing of the linter"
        return " ".join(found[1].split())

    @property
    def rules(self) -> set[str]:
        """The codes of the rules that find it, as the page says."""
        return {found["code"] for found in RULE.finditer(self.linter)}

    def twins(self) -> tuple[page.Reference, page.Reference]:
        """The blocks of the broken and of the fixed program."""
        inside = re.findall(r'^<div class="twins" markdown>\n(.*?)^</div>$', self.text, re.MULTILINE | re.DOTALL)
        assert len(inside) == 1, f"{self.place} has {len(inside)} pairs of programs"
        broken, fixed = page.find_blocks(inside[0])
        return broken, fixed


def mistakes() -> list[Mistake]:
    """All of them, in the order of the pages."""
    found = []
    for name in PAGES:
        text = (SECTION / f"{name}.md").read_text("utf-8")
        for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            title, _, rest = section.partition("\n")
            if title != "Try next":
                found.append(Mistake(f"{name}.md#{slugify(title.replace('`', ''), '-')}", rest))
    return found


def program(reference: page.Reference) -> Snippet:
    return Snippet.read(PROJECT.snippets / f"{page.slug_of(reference.target)}.py", PROJECT)


@cache
def reports() -> dict[str, set[str]]:
    """The rules that report each program of the section, by its slug: all that Ruff has, those in preview too."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--target-version", "py311"]
    command += ["--select", "ALL", "--preview", "--output-format", "json", str(PROJECT.snippets / SECTION.name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    found: dict[str, set[str]] = {}
    for report in json.loads(done.stdout):
        slug = Path(report["filename"]).relative_to(PROJECT.snippets).with_suffix("").as_posix()
        found.setdefault(slug, set()).add(report["code"])
    return found


def reported_by(source: str, *codes: str) -> set[str]:
    """Which of these rules report a program."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--preview",
        "--output-format",
        "json",
    ]
    done = subprocess.run(
        [*command, "--select", ",".join(codes), "-"], input=source, capture_output=True, text=True, check=False
    )
    return {report["code"] for report in json.loads(done.stdout)}


MISTAKES = mistakes()
IDS = [mistake.place for mistake in MISTAKES]


def test_there_are_twenty_mistakes() -> None:
    assert len(MISTAKES) == 20


@pytest.mark.parametrize("mistake", MISTAKES, ids=IDS)
def test_each_mistake_is_shown_broken_and_fixed_and_explained(mistake: Mistake) -> None:
    broken, fixed = mistake.twins()
    assert broken.caption.startswith("Broken: ")
    assert fixed.caption.startswith("Fixed: ")
    assert page.slug_of(fixed.target) == f"{page.slug_of(broken.target)}_fixed"
    parts = [mistake.text.find(f"**{part}**") for part in ("Why.", "How to notice.", "Linter.")]
    assert -1 < parts[0] < parts[1] < parts[2], (
        f"{mistake.place} must have Why, How to notice and Linter, in this order"
    )


@pytest.mark.parametrize("mistake", MISTAKES, ids=IDS)
def test_twins_are_narrow_enough_to_stand_side_by_side(mistake: Mistake) -> None:
    for reference in mistake.twins():
        snippet = program(reference)
        options, _ = page.parse_options(reference)
        wide = [number for number, line in page.shown_lines(options, snippet) if len(line) > WIDTH]
        assert wide == [], f"{snippet.place}: lines longer than {WIDTH} columns"


@pytest.mark.parametrize("mistake", MISTAKES, ids=IDS)
def test_the_rules_that_the_page_names_are_those_that_tell_the_broken_program_from_the_fixed_one(
    mistake: Mistake,
) -> None:
    broken, fixed = (reports()[page.slug_of(reference.target)] for reference in mistake.twins())
    assert mistake.rules == {code for code in broken - fixed if not FORM.match(code)}
    assert (mistake.linter.startswith("Ruff has no rule for it.")) is not bool(mistake.rules)


def test_each_rule_is_linked_by_its_name_and_said_to_be_in_preview_where_it_is() -> None:
    command = [sys.executable, "-m", "ruff", "rule", "--all", "--output-format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    known = {rule["code"]: rule for rule in json.loads(done.stdout)}
    found = [match for mistake in MISTAKES for match in RULE.finditer(mistake.linter)]
    assert len(found) >= 8
    for match in found:
        rule = known[match["code"]]
        assert match["name"] == rule["name"]
        assert bool(match["preview"]) == rule["preview"], f"{match['code']}: in preview or not?"


def test_the_index_lists_each_mistake_once_in_order_with_its_rules() -> None:
    text = (SECTION / "index.md").read_text("utf-8")
    rows = re.findall(r"^\| .+ \| \[[^]]+\]\((?P<place>[^)]+)\) \|(?P<rules>[^|]*)\|$", text, re.MULTILINE)
    assert [(place, set(re.findall(r"\w+", rules))) for place, rules in rows] == [
        (mistake.place, mistake.rules) for mistake in MISTAKES
    ]
    advised = re.search(r"--select ([\w,]+)`", text)
    assert advised
    families = tuple(advised[1].split(","))
    assert [rule for mistake in MISTAKES for rule in mistake.rules if not rule.startswith(families)] == []


def source(name: str) -> str:
    return (PROJECT.snippets / SECTION.name / f"{name}.py").read_text("utf-8")


def replaced(name: str, old: str, new: str) -> str:
    text = source(name)
    assert old in text
    return text.replace(old, new)


def test_what_the_pages_say_of_the_limits_of_the_rules() -> None:
    other_await = replaced(
        "coroutines/forgotten_await", "        asyncio.sleep(", "        await asyncio.sleep(0)\n        asyncio.sleep("
    )
    assert reported_by(other_await, "RUF029") == set()
    for caught, rules in {
        "Exception": {"BLE001"},
        "BaseException": {"BLE001"},
        "asyncio.CancelledError": set(),
    }.items():
        assert (
            reported_by(replaced("cancellation/swallowed", "except:", f"except {caught}:"), "E722", "BLE001") == rules
        )
    aclosing = replaced(
        "cancellation/closed_late",
        "    async for number in table:",
        "    async with aclosing(table):\n        pass\n    async for number in table:",
    )
    assert reported_by(aclosing, "ASYNC119") == {"ASYNC119"}
    hidden = (
        replaced("threads/blocking_call", "    time.sleep(0.7)", "    wait()")
        + "\n\ndef wait():\n    time.sleep(0.7)\n"
    )
    assert reported_by(hidden, "ASYNC") == set()
    not_kept = replaced("tasks/unseen_exception_fixed", "        mails.append(task)\n", "")
    assert reported_by(not_kept, "RUF006") == set()
    assert reported_by(not_kept.replace("        task.add_done_callback(look)\n", ""), "RUF006") == {"RUF006"}
    late = source("exercises/whose_result")
    assert reported_by(late, "B023") == {"B023"}
    assert reported_by(source("exercises/whose_result_solution"), "B023") == set()
