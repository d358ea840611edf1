"""The command line, as a contributor meets it: whole output, exit status, and what is left on disk."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from runnable.__main__ import Bar
from runnable.interpreter import own
from runnable.project import Project
from runnable.survey import survey

HELLO = 'import asyncio\n\n\nasync def main():\n    print("hello")\n\n\nasyncio.run(main())\n'
PAGE = "# Page\n\n[Hello](../../snippets/section/page/hello.py)\n"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Writes files into a project and runs the command line in it."""

    def run(*arguments: str, files: dict[str, str | bytes] | None = None) -> subprocess.CompletedProcess[str]:
        for name, text in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        (tmp_path / "docs").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "runnable", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    return run


def without_times(text: str) -> str:
    return re.sub(r"\d+\.\d+ s", "N s", text)


def test_record_runs_what_is_stale_and_says_how_long_it_would_have_taken(run) -> None:
    files = {
        "snippets/section/page/hello.py": HELLO,
        "snippets/section/page/hello.out": "$ python snippets/section/page/hello.py\nhello\n",
        "docs/section/page.md": PAGE,
    }
    first = run("record", files=files)
    assert (first.returncode, first.stderr) == (0, "")
    assert without_times(first.stdout) == (
        "ran snippets/section/page/hello.py in N s\n1 ran and 0 fresh: N s; one after another: N s\n"
    )
    second = run("record")
    assert (second.returncode, without_times(second.stdout)) == (0, "0 ran and 1 fresh: N s; one after another: N s\n")


def test_only_the_edited_program_runs_again(run) -> None:
    names = ("one", "two", "three")
    files = {f"snippets/section/page/{name}.py": f"print({name!r})\n" for name in names}
    run("accept", files=files)
    edited = run("record", files={"snippets/section/page/two.py": "print('two')  # edited\n"})
    assert without_times(edited.stdout) == (
        "ran snippets/section/page/two.py in N s\n1 ran and 2 fresh: N s; one after another: N s\n"
    )


def test_drift_is_a_readable_difference_and_fails(run, tmp_path: Path) -> None:
    old = "$ python snippets/section/page/hello.py\ngood morning\n"
    files = {
        "snippets/section/page/hello.py": HELLO,
        "snippets/section/page/hello.out": old,
        "docs/section/page.md": PAGE,
    }
    done = run("record", files=files)
    assert done.returncode == 1
    assert done.stderr == (
        "snippets/section/page/hello.out:2: the program no longer prints this. If that is right, run “make accept”; "
        "if not, correct snippets/section/page/hello.py.\n"
        "    - the transcript\n"
        f"    + what {own()} printed\n"
        "    1   $ python snippets/section/page/hello.py\n"
        "    2 - good morning\n"
        "      + hello\n"
        "    Shown on docs/section/page.md:3.\n"
        "\n1 problem.\n"
    )
    assert (tmp_path / "snippets/section/page/hello.out").read_text() == old


def test_what_drifted_once_is_run_again_before_it_is_told_twice(run, tmp_path: Path) -> None:
    weather = tmp_path / "weather"  # no path below the program's folder, so the recorder does not look at it
    weather.write_text("rain")
    files = {
        "snippets/section/page/today.py": f"print(open({str(weather)!r}).read())\n",
        "snippets/section/page/today.out": "$ python snippets/section/page/today.py\nsun\n",
    }
    first = run("record", files=files)
    assert first.returncode == 1
    assert "snippets/section/page/today.out:2: the program no longer prints this." in first.stderr
    again = run("record")
    assert (again.returncode, again.stderr) == (1, first.stderr)
    assert "1 ran and 0 fresh" in again.stdout
    weather.write_text("sun")
    mended = run("record")
    assert (mended.returncode, mended.stderr) == (0, "")
    assert "1 ran and 0 fresh" in mended.stdout
    assert "0 ran and 1 fresh" in run("record").stdout


def test_accept_rewrites_what_changed_keeps_wildcards_and_prints_what_it_did(run, tmp_path: Path) -> None:
    files = {
        "snippets/section/page/who.py": "import os\nprint('process', os.getpid())\nprint('bye now')\n",
        "snippets/section/page/who.out": "$ python snippets/section/page/who.py\nprocess [..]\nbye\n",
        "snippets/section/page/same.py": "print('same')\n",
        "snippets/section/page/same.out": "$ python snippets/section/page/same.py\nsame\n",
    }
    done = run("accept", files=files)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.partition("snippets/section/page/who.out\n")[2] == (
        "--- was\n+++ is\n@@ -2,2 +2,2 @@\n process [..]\n-bye\n+bye now\n1 transcript changed, 1 as it was.\n"
    )
    assert (tmp_path / "snippets/section/page/who.out").read_text() == (
        "$ python snippets/section/page/who.py\nprocess [..]\nbye now\n"
    )
    assert run("record").returncode == 0


def test_accept_shows_pasted_escapes_instead_of_sending_them_to_the_terminal(run) -> None:
    files = {
        "snippets/section/page/tea.py": "print('one\\tcup')\n",
        "snippets/section/page/tea.out": (
            "$ python snippets/section/page/tea.py\n\x1b]0;title\x07two\tcups \u202e\x1b[2J\n"
        ),
    }
    done = run("accept", files=files)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.partition("snippets/section/page/tea.out\n")[2] == (
        "--- was\n+++ is\n@@ -1,2 +1,2 @@\n $ python snippets/section/page/tea.py\n"
        "-␛]0;title␇two\tcups <U+202E>␛[2J\n+one\tcup\n1 transcript changed, 0 as they were.\n"
    )


def test_accept_leaves_a_transcript_alone_that_is_not_utf8(run, tmp_path: Path) -> None:
    old = b"$ python snippets/section/page/tea.py\ncaf\xe9\n"
    done = run("accept", files={"snippets/section/page/tea.py": "print('tea')\n", "snippets/section/page/tea.out": old})
    assert (done.returncode, done.stderr) == (
        1,
        "snippets/section/page/tea.out:2: byte 41 is not UTF-8. Save the file as UTF-8.\n\n1 problem.\n",
    )
    assert (tmp_path / "snippets/section/page/tea.out").read_bytes() == old


def test_accept_never_accepts_a_run_that_went_wrong(run, tmp_path: Path) -> None:
    done = run("accept", files={"snippets/section/page/broken.py": "raise ValueError('boom')\n"})
    assert done.returncode == 1
    assert done.stderr == (
        "snippets/section/page/broken.py:1: it ended with exit status 1 after “ValueError: boom”, "
        "but it should end with 0. Mend it, or say “exit = 1” in its header where that is the lesson.\n"
        "    Traceback (most recent call last):\n"
        '      File "snippets/section/page/broken.py", line 1, in <module>\n'
        "        raise ValueError('boom')\n"
        "    ValueError: boom\n"
        "\n1 problem.\n"
    )
    assert not (tmp_path / "snippets/section/page/broken.out").exists()


def test_every_problem_is_told_not_only_the_first(run) -> None:
    files = {
        "snippets/section/page/empty.py": "",
        "snippets/section/page/hello.py": HELLO,
        "docs/section/page.md": "# Page\n\n[Hello](../../snippets/section/page/helo.py)\n",
    }
    done = run("record", files=files)
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stderr.splitlines() if line.startswith(("docs", "snippets"))] == [
        "docs/section/page.md:3",
        "snippets/section/page/empty.py",
        "snippets/section/page/hello.out",
    ]
    assert done.stderr.endswith("\n3 problems.\n")


def test_a_name_of_no_program_is_told(run) -> None:
    done = run("record", "snippets/nowhere.py", files={"snippets/section/page/hello.py": HELLO})
    assert (done.returncode, done.stderr) == (
        1,
        "snippets/nowhere.py: no snippet has this name. Name a file or a folder in snippets/.\n\n1 problem.\n",
    )


def test_named_programs_alone_are_recorded(run) -> None:
    files = {f"snippets/section/page/{name}.py": f"print({name!r})\n" for name in ("one", "two")}
    done = run("accept", "snippets/section/page/two.py", files=files)
    assert "ran snippets/section/page/two.py" in done.stdout
    assert "one.py" not in done.stdout
    assert done.stdout.endswith("1 transcript changed, 0 as they were.\n")


def test_a_terminal_gets_a_bar_and_no_line_for_each_program(run, tmp_path: Path) -> None:
    run("accept", files={f"snippets/section/page/{name}.py": f"print({name!r})\n" for name in ("one", "two")})
    project = Project.at(tmp_path)
    drawn = io.StringIO()
    with Bar(Console(file=drawn, force_terminal=True, width=100), "recording") as reporter:
        found = survey(project, force=True, report=reporter)
    assert "2/2" in drawn.getvalue()
    assert "ran snippets/" not in drawn.getvalue()
    assert re.fullmatch(r"2 ran and 0 fresh: \d+\.\d s; one after another: \d+\.\d s", str(found))


def test_in_another_folder_it_says_where_to_run_it(run, tmp_path) -> None:
    done = run("record")
    assert (done.returncode, done.stdout) == (1, "")
    what = f"there is no such folder in {tmp_path.resolve()}. Run this in the folder of the project."
    assert done.stderr == f"snippets: {what}\n\n1 problem.\n"


def test_a_number_of_runs_that_is_none_is_told(run) -> None:
    for wrong in ("x", "0", "-1"):
        done = run("stability", f"--runs={wrong}")
        assert done.returncode == 2
        assert done.stderr.endswith(f"error: argument --runs: “{wrong}” is not a whole number above 0\n")


def test_what_is_wrong_with_the_cache_is_told_once(run, tmp_path) -> None:
    files = {f"snippets/section/page/hello{number}.py": HELLO for number in range(3)} | {
        "docs/section/page.md": "".join(f"[It](../../snippets/section/page/hello{n}.py)\n\n" for n in range(3))
    }
    files[".cache/runnable"] = "a file where a folder should be"
    done = run("record", files=files)
    assert done.returncode == 1
    assert done.stderr.count("recordings cannot be kept here") == 1
    assert done.stderr.endswith("\n\n1 problem.\n")
