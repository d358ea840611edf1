"""What a build notices when next to nothing has changed, though what it found out before it does not find out again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from runnable import memory as memory_module
from runnable import recording, snippet
from runnable import survey as survey_module
from runnable.project import Project
from runnable.survey import Survey, survey

Make = Callable[[dict[str, str | bytes]], Project]
FILES: dict[str, str | bytes] = {
    "snippets/page/tea.py": "print('tea')\n",
    "snippets/page/tea.out": "$ python snippets/page/tea.py\ntea\n",
    "snippets/page/milk.py": "import _jug\nprint(_jug.content)\n",
    "snippets/page/milk.out": "$ python snippets/page/milk.py\nmilk\n",
    "snippets/page/_jug.py": "content = 'milk'\n",
    "docs/page.md": "# Page\n\n[Tea](../snippets/page/tea.py)\n\n[Milk](../snippets/page/milk.py)\n",
}


@pytest.fixture
def project(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> Project:
    """One whose programs are recorded, and known to be as they should be."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("RUNNABLE_CACHE", raising=False)
    project = make_project(FILES)
    assert ran(surveyed(project)) == ["page/milk", "page/tea"]
    assert ran(surveyed(project)) == []
    return project


def surveyed(project: Project) -> Survey:
    """What a build in a process of its own would find, with what earlier ones have kept."""
    memory_module._memory.cache_clear()
    snippet._from_source.cache_clear()
    snippet._Words.of.cache_clear()
    recording._loaded.cache_clear()
    recording._parsed.cache_clear()
    return survey(Project.at(project.root))


def ran(found: Survey) -> list[str]:
    assert list(map(str, found.problems)) == []
    return [outcome.snippet.slug for outcome in found.outcomes if outcome.ran]


def told(found: Survey) -> list[str]:
    return [f"{problem.place}:{problem.line}: {problem.what}" for problem in found.problems]


def edit(project: Project, name: str, text: str) -> None:
    """Writes another text into a file, with the time and, as far as it is as long, the size that it had."""
    path = project.root / name
    status = path.stat()
    path.write_text(text, "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_what_is_known_is_not_found_out_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((survey_module, "drift"), (recording, "_parsed"), (snippet, "_parsed")):
        monkeypatch.setattr(module, name, Uncalled(name))
    found = surveyed(project)
    assert ran(found) == []
    assert str(found).startswith("0 ran and 2 fresh: ")


class Uncalled:
    """A function that must not be called. It can be cleared as a cache can."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *_: object, **__: object) -> None:
        pytest.fail(f"{self._name} was called")

    def cache_clear(self) -> None:
        """Does nothing."""


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_without_what_was_kept_the_same_is_found(project: Project, damage: bytes | None) -> None:
    facts = project.cache / "facts"
    if damage is None:
        facts.unlink()
    else:
        facts.write_bytes(damage)
    assert ran(surveyed(project)) == []
    assert facts.stat().st_size > 100


def test_a_program_that_is_another_though_its_size_and_time_are_not_runs_again(project: Project) -> None:
    edit(project, "snippets/page/tea.py", "print('ale')\n")
    found = surveyed(project)
    assert [outcome.snippet.slug for outcome in found.outcomes if outcome.ran] == ["page/tea"]
    no_longer = "the program no longer prints this. If that is right, run “make accept”; if not, correct"
    expected = [f"snippets/page/tea.out:2: {no_longer} snippets/page/tea.py."]
    assert told(found) == expected
    assert told(surveyed(project)) == expected  # As often as one asks.
    edit(project, "snippets/page/tea.py", "print('tea')\n")
    assert ran(surveyed(project)) == ["page/tea"]


def test_a_file_that_a_program_imports_counts_as_the_program_does(project: Project) -> None:
    edit(project, "snippets/page/_jug.py", "content = 'wine'\n")
    assert [outcome.snippet.slug for outcome in surveyed(project).outcomes if outcome.ran] == ["page/milk"]


def test_a_transcript_that_is_another_is_compared_again(project: Project) -> None:
    no_longer = "the program no longer prints this. If that is right, run “make accept”; if not, correct"
    edit(project, "snippets/page/tea.out", "$ python snippets/page/tea.py\nale\n")
    expected = [f"snippets/page/tea.out:2: {no_longer} snippets/page/tea.py."]
    assert [told(surveyed(project)) for _ in range(2)] == [expected, expected]
    (project.root / "snippets/page/tea.out").unlink()
    missing = "there is no transcript of snippets/page/tea.py. Read what it printed, then keep it with “make accept”."
    assert [told(surveyed(project)) for _ in range(2)] == [[f"snippets/page/tea.out:None: {missing}"]] * 2


def test_a_header_that_asks_for_another_command_is_noticed(project: Project) -> None:
    """The program runs again, and what it printed fits; but the command in the transcript is another now."""
    header = '# /// script\n# requires-python = ">=3.11.1"\n# ///\n'
    edit(project, "snippets/page/tea.py", f"{header}print('tea')\n")
    assert ran(surveyed(project)) == ["page/tea"]
    edit(project, "snippets/page/tea.out", "$ python3.12 snippets/page/tea.py\ntea\n")
    another = "this is the transcript of another command. Run “make accept” to put it right."
    assert told(surveyed(project)) == [f"snippets/page/tea.out:1: {another}"]


def test_a_recording_that_is_damaged_or_of_another_program_is_made_anew(project: Project) -> None:
    folder = project.cache / "recordings" / "page"
    sound = (folder / "tea.json").read_bytes()
    edit(project, ".cache/runnable/recordings/page/tea.json", sound.decode().replace("tea", "ale", 1))
    assert ran(surveyed(project)) == ["page/tea"]
    (folder / "tea.json").write_bytes((folder / "milk.json").read_bytes())
    assert ran(surveyed(project)) == ["page/tea"]
    (folder / "tea.json").unlink()
    assert ran(surveyed(project)) == ["page/tea"]


def test_a_page_that_is_another_is_checked_again(project: Project) -> None:
    edit(project, "docs/page.md", "# Page\n\n[Tea](../snippets/page/pea.py)\n\n[Milk](../snippets/page/milk.py)\n")
    assert told(surveyed(project)) == [
        "docs/page.md:3: there is no snippets/page/pea.py. "
        "Did you mean ../snippets/page/tea.py or ../snippets/page/milk.py?"
    ]


def test_a_program_that_cannot_be_read_is_told_each_time(project: Project) -> None:
    edit(project, "snippets/page/tea.py", "print('tea'\n")
    expected = ["snippets/page/tea.py:1: Python cannot read this: '(' was never closed. Correct the line."]
    assert [told(surveyed(project)) for _ in range(2)] == [expected, expected]


def test_another_version_of_the_recorder_runs_all_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runnable.outcome.RECORDER_VERSION", "another")
    assert ran(surveyed(project)) == ["page/milk", "page/tea"]


def test_a_fresh_check_does_not_load_what_runs_programs(project: Project) -> None:
    """It takes longer to import than a thousand programs take to check; see benchmarks/fresh.py."""
    look = (
        "import sys; from runnable.__main__ import main; status = main(['record']); "
        "print(status, sorted({'asyncio', 'psutil', 'rich', 'runnable.record'} & set(sys.modules)))"
    )

    def recorded() -> list[str]:
        command = [sys.executable, "-c", look]
        done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, timeout=100, check=True)
        return done.stdout.splitlines()

    lines = recorded()
    assert [line.partition(":")[0] for line in lines] == ["0 ran and 2 fresh", "0 []"], lines
    edit(project, "snippets/page/tea.py", "print('tea') \n")
    *_, last = recorded()
    assert last == "0 ['asyncio', 'psutil', 'runnable.record']"
