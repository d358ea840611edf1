"""MkDocs with our hook: a build that stops leaves the old site alone; a server lives on and shows what is wrong."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import runnable

HOOKS = Path(runnable.__file__).with_name("hooks.py")
CONFIG = f"""
site_name: A project
theme:
  name: mkdocs
hooks:
  - {HOOKS.as_posix()}
markdown_extensions:
  - runnable.markdown
watch:
  - snippets
"""
PAGE = "# Page\n\n[The program](../snippets/page/hello.py)\n\n[Another](../snippets/page/other.py)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, "mkdocs.yml", CONFIG)
    write(tmp_path, "docs/index.md", PAGE)
    write(tmp_path, "snippets/page/hello.py", 'print("good morning")\n')
    write(tmp_path, "snippets/page/hello.out", "$ python snippets/page/hello.py\ngood morning\n")
    write(tmp_path, "snippets/page/other.py", 'print("the other one")\n')
    write(tmp_path, "snippets/page/other.out", "$ python snippets/page/other.py\nthe other one\n")
    return tmp_path


def write(project: Path, name: str, text: str) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def build(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=100, check=False)


def test_a_build_shows_what_the_programs_printed_and_publishes_them(project: Path) -> None:
    done = build(project)
    assert done.returncode == 0, done.stderr
    page = (project / "site" / "index.html").read_text("utf-8")
    assert "good morning" in page
    assert "the other one" in page
    assert (project / "site" / "snippets" / "page" / "hello.py").read_text("utf-8") == 'print("good morning")\n'
    log = re.sub(r"\d+\.\d+ s", "N s", done.stderr)
    assert "INFO    -  Ran snippets/page/hello.py in N s\n" in log
    assert "INFO    -  Recordings: 2 ran and 0 fresh: N s; one after another: N s\n" in log


def test_a_build_with_a_failing_program_exits_and_leaves_the_old_site_whole(project: Path) -> None:
    assert build(project).returncode == 0
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    write(project, "snippets/page/hello.py", 'print("good morning")\nraise KeyError("tea")\n')
    done = build(project)
    assert done.returncode == 1
    assert (
        "ERROR   -  snippets/page/hello.py:2: it ended with exit status 1 after “KeyError: 'tea'”, "
        "but it should end with 0. Mend it, or say “exit = 1” in its header where that is the lesson.\n"
    ) in done.stderr
    assert "Shown on docs/index.md:3.\n" in done.stderr
    assert "most recent call last" not in done.stderr.partition("Shown on")[2]  # no traceback of ours
    after = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    assert after == before


def test_a_build_with_a_block_of_no_program_names_the_nearest(project: Path) -> None:
    write(project, "docs/index.md", "# Page\n\n[The program](../snippets/page/helo.py)\n")
    done = build(project)
    assert done.returncode == 1
    assert "ERROR   -  docs/index.md:3: " in done.stderr
    assert "snippets/page/hello.py" in done.stderr
    assert not (project / "site").exists()


class Server:
    """`mkdocs serve` in a process of its own."""

    def __init__(self, project: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self._log = project / "server.log"
        command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", f"127.0.0.1:{port}"]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=project, stdout=log, stderr=subprocess.STDOUT)

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def page(self) -> str:
        try:
            with urllib.request.urlopen(self.address, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def until(self, holds: Callable[[str], bool]) -> str:
        """The page once `holds` is true of it; fails after a minute, or when the server has ended."""
        deadline = time.monotonic() + 60
        while not holds(page := self.page()):
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, f"{self.log}\n{page}"
            time.sleep(0.2)
        return page


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    server = Server(project)
    yield server
    server.process.terminate()
    server.process.wait(30)


def test_a_server_runs_what_was_edited_and_that_alone(project: Path, server: Server) -> None:
    server.until(lambda page: "good morning" in page)
    assert server.log.count("Ran snippets/page/") == 2
    write(project, "snippets/page/hello.py", 'print("good morning")  # said twice\n')
    server.until(lambda page: "said twice" in page)
    assert server.log.count("Ran snippets/page/hello.py") == 2
    assert server.log.count("Ran snippets/page/other.py") == 1


def test_a_server_lives_on_and_shows_each_mistake_in_its_place(project: Path, server: Server) -> None:
    server.until(lambda page: "good morning" in page)

    write(project, "snippets/page/hello.py", 'print("good morning")\n1 / 0\n')
    page = server.until(lambda page: "ZeroDivisionError" in page)
    assert "snippets/page/hello.py:2: it ended with exit status 1" in page
    assert "the other one" in page
    assert "ERROR   -  snippets/page/hello.py:2: it ended with exit status 1" in server.log

    write(project, "snippets/page/hello.py", 'print("good evening")\n')
    page = server.until(lambda page: "snippets/page/hello.out:2: the program no longer prints this" in page)

    write(project, "snippets/page/hello.out", "$ python snippets/page/hello.py\ngood evening\n")
    page = server.until(lambda page: "good evening" in page and "no longer" not in page)

    write(project, "docs/index.md", "# Page\n\n[The program](../snippets/page/helo.py)\n")
    page = server.until(lambda page: "helo.py" in page)
    assert "snippets/page/hello.py" in page

    write(project, "docs/index.md", PAGE)
    server.until(lambda page: "good evening" in page)
    assert server.process.poll() is None


def test_a_server_shows_why_a_page_or_a_transcript_cannot_be_read(project: Path, server: Server) -> None:
    server.until(lambda page: "good morning" in page)

    (project / "docs" / "index.md").write_bytes(PAGE.encode() + "a café\n".encode("latin-1"))
    wrong = f"docs/index.md:6: byte {len(PAGE) + 5} is not UTF-8. Save the file as UTF-8."
    server.until(lambda page: f">{wrong}</pre>" in page and "good morning" not in page)
    assert f"ERROR   -  {wrong}\n" in server.log

    write(project, "docs/index.md", PAGE)
    server.until(lambda page: "good morning" in page and "not UTF-8" not in page)

    transcript = project / "snippets" / "page" / "hello.out"
    transcript.write_bytes(b"$ python snippets/page/hello.py\ngood morn\xffing\n")
    wrong = "snippets/page/hello.out:2: byte 41 is not UTF-8. Save the file as UTF-8.\n    Shown on docs/index.md:3."
    page = server.until(lambda page: wrong in page)
    assert "the other one" in page

    write(project, "snippets/page/hello.out", "$ python snippets/page/hello.py\ngood morning\n")
    server.until(lambda page: "good morning" in page and "not UTF-8" not in page)
    assert "Traceback" not in server.log


@pytest.mark.parametrize(
    ("name", "data", "wrong"),
    [
        ("docs/index.md", b"# Page\n\nca\xe9\n", "docs/index.md:3: byte 10 is not UTF-8. Save the file as UTF-8."),
        (
            "snippets/page/hello.py",
            b"print('good morning \xe9')\n",
            "snippets/page/hello.py:1: byte 20 is not UTF-8. Save the file as UTF-8.",
        ),
        ("pyproject.toml", b"# caf\xe9\n", "pyproject.toml:1: byte 5 is not UTF-8. Save the file as UTF-8."),
        (
            "pyproject.toml",
            b"[tool.runnable]\nbrowser true\n",
            "pyproject.toml:2: this is not TOML: Expected '=' after a key in a key/value pair (at line 2, column 9). "
            "Correct it there.",
        ),
    ],
)
def test_a_build_that_cannot_read_a_file_says_which_and_where(
    project: Path, name: str, data: bytes, wrong: str
) -> None:
    (project / name).write_bytes(data)
    done = build(project)
    assert done.returncode == 1
    assert f"ERROR   -  {wrong}\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_a_server_can_begin_with_a_mistake(project: Path) -> None:
    write(project, "snippets/page/hello.py", "1 / 0\n")
    server = Server(project)
    try:
        page = server.until(lambda page: "ZeroDivisionError" in page)
        assert "the other one" in page
    finally:
        server.process.terminate()
        server.process.wait(30)


def test_a_server_whose_port_is_taken_says_by_whom_before_anything_is_run(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert re.fullmatch(
        rf"ERROR +-  port {port} is taken by .+ \(.+\)\. End that, or serve at another: make serve PORT=8001",
        last.strip(),
    ), done.stderr
    assert "Ran snippets" not in done.stderr
    assert not (project / ".cache").exists()
