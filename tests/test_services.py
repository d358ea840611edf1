"""Where services are found, and the servers that run for one recording only."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from runnable import services as services_module
from runnable.inventory import inventory
from runnable.problem import Problem
from runnable.project import Project, Service
from runnable.record import record
from runnable.recording import Recording
from runnable.services import ServiceFailedError, Services, whereabouts
from runnable.snippet import find_snippets

Make = Callable[[dict[str, str | bytes]], Project]
PROJECT = Project.at(Path(__file__).resolve().parents[1])
EMBEDDED = [service for service in PROJECT.services.values() if service.embedded]


def service(port: int, **more: str) -> Service:
    return Service("tea", f"tea://127.0.0.1:{port}/pot", variable="TEA_URL", start="Put the kettle on.", **more)


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def packaged(name: str) -> Service:
    found = next(service for service in EMBEDDED if service.name == name)
    if whereabouts(found).found != "embedded":
        pytest.skip(f"there is no package of {name} for this Python")
    return found


# Where it is


def test_a_service_that_answers_where_it_does_by_default(port: int) -> None:
    found = whereabouts(service(port))
    assert (found.found, found.url, found.missing) == ("default", f"tea://127.0.0.1:{port}/pot", "")


def test_a_service_that_does_not_answer(free_port: int) -> None:
    found = whereabouts(service(free_port))
    assert found.found == ""
    assert found.missing == f"it needs tea, but nothing answers at 127.0.0.1:{free_port}. Put the kettle on."


def test_a_url_in_the_environment_wins(port: int, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEA_URL", f"tea://me:secret@127.0.0.1:{port}/cup")
    found = whereabouts(service(free_port, embedded="runnable.embedded.kafka"))
    assert (found.found, found.url, found.missing) == ("environment", f"tea://me:secret@127.0.0.1:{port}/cup", "")


def test_a_url_in_the_environment_where_nothing_answers(
    port: int, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEA_URL", f"tea://me:secret@127.0.0.1:{free_port}/cup")
    assert whereabouts(service(port)).missing == (
        f"it needs tea, but nothing answers at 127.0.0.1:{free_port}, which TEA_URL names. "
        "Start it there, or unset the variable."
    )
    monkeypatch.setenv("TEA_URL", "somewhere")
    assert whereabouts(service(port)).missing == (
        "it needs tea, but TEA_URL is of no use: there is no port in “somewhere”. Correct or unset it."
    )


def test_a_server_whose_package_is_not_installed_is_looked_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services_module, "_python", lambda module: None)
    assert whereabouts(service(port, embedded="runnable.embedded.kafka")).found == "default"


# Servers of our own


def processes_below(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


@pytest.mark.parametrize("name", [service.name for service in EMBEDDED])
def test_a_server_of_ours_answers_while_it_is_needed_and_leaves_nothing(name: str) -> None:
    needed = packaged(name)
    before = {process.pid for process in processes_below(os.getpid())}

    async def use() -> tuple[str, list[psutil.Process], Path]:
        async with Services([needed]) as services:
            (variable,) = (await services.variables([name])).items()
            assert variable[0] == needed.variable
            host, port = Service(name, variable[1]).address
            socket.create_connection((host, port), timeout=5).close()
            ours = [process for process in processes_below(os.getpid()) if process.pid not in before]
            assert ours
            return variable[1], ours, Path(ours[0].cwd())

    url, ours, folder = asyncio.run(use())
    host, port = Service(name, url).address
    with pytest.raises(OSError):
        socket.create_connection((host, port), timeout=5)
    assert [process for process in ours if process.is_running()] == []
    assert not folder.exists()


def test_postgresql_lets_in_only_who_knows_the_password() -> None:
    asyncpg = pytest.importorskip("asyncpg")

    async def use() -> tuple[int, str]:
        async with Services([packaged("postgresql")]) as services:
            url = (await services.variables(["postgresql"]))["POSTGRESQL_URL"]
            connection = await asyncpg.connect(url)
            answer = await connection.fetchval("SELECT 6 * 7")
            await connection.close()
            try:
                await asyncpg.connect(url.replace(":guide@", ":wrong@"))
            except asyncpg.InvalidPasswordError as error:
                return answer, str(error)
            return answer, "was let in"

    assert asyncio.run(use()) == (42, 'password authentication failed for user "guide"')


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("name", [service.name for service in EMBEDDED])
def test_a_server_of_ours_ends_with_whoever_started_it_however_that_ends(name: str, number: signal.Signals) -> None:
    packaged(name)
    code = (
        "import asyncio, sys\n"
        "from runnable.project import Project\n"
        "from runnable.services import Services\n"
        "async def main():\n"
        f"    async with Services([Project.at({str(PROJECT.root)!r}).services[{name!r}]]) as services:\n"
        f"        print(*(await services.variables([{name!r}])).values(), flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    recorder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert recorder.stdout is not None
    url = recorder.stdout.readline().strip()
    assert urlsplit(url if "//" in url else f"//{url}").port
    servers = processes_below(recorder.pid)
    assert servers
    recorder.send_signal(number)
    recorder.communicate(timeout=30)
    gone, alive = psutil.wait_procs(servers, timeout=30)
    assert alive == []
    assert len(gone) == len(servers)


def test_a_server_that_does_not_start_is_told_with_what_it_said(
    make_project: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(services_module, "_python", lambda module: Path(sys.executable))
    tea = service(1, embedded="runnable.embedded.no_such_server")

    async def use() -> None:
        async with Services([tea]) as services:
            await services.variables(["tea"])

    with pytest.raises(ServiceFailedError) as failed:
        asyncio.run(use())
    assert str(failed.value) == ("it needs tea, which could not be started. Start one yourself and name it in TEA_URL.")
    assert failed.value.details.endswith("No module named runnable.embedded.no_such_server")

    project = make_project(
        {
            "pyproject.toml": (
                "[tool.runnable.services.tea]\n"
                'url = "tea://127.0.0.1:1/"\nvariable = "TEA_URL"\nembedded = "runnable.embedded.no_such_server"\n'
            ),
            "snippets/asks.py": "# /// script\n# [tool.runnable]\n# services = ['tea']\n# ///\nprint('asked')\n",
        }
    )
    snippets, _ = find_snippets(project)
    (outcome,) = record(project, snippets)
    assert outcome.entry is None
    assert outcome.problems == (Problem("snippets/asks.py", 3, str(failed.value), failed.value.details),)


def test_a_program_finds_the_url_in_its_environment_forked_and_plain(
    make_project: Make, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "# /// script\n# [tool.runnable]\n# services = ['tea']\n# ///\n"
        "import os, subprocess, sys\nprint(os.environ.get('TEA_URL'), flush=True)\n"
        "subprocess.run([sys.executable, '-c', 'import os; print(os.environ.get(\"TEA_URL\"))'], check=True)\n"
    )
    project = make_project(
        {
            "pyproject.toml": (
                f'[tool.runnable.services.tea]\nurl = "tea://127.0.0.1:{port}/pot"\nvariable = "TEA_URL"\n'
            ),
            "snippets/asks.py": program,
            "snippets/does_not_ask.py": "import os\nprint(os.environ.get('TEA_URL'))\n",
        }
    )
    snippets, _ = find_snippets(project)
    for fork in (True, False):
        asks, other = record(project, snippets, force=True, fork=fork)
        assert isinstance(asks.entry, Recording), asks.problems
        assert isinstance(other.entry, Recording), other.problems
        assert [line.text for line in asks.entry.lines] == [f"tea://127.0.0.1:{port}/pot"] * 2
        assert [line.text for line in other.entry.lines] == ["None"]


# What a person reads


def test_the_inventory_says_what_is_needed_found_and_missing(
    make_project: Make, port: int, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = "# /// script\n# [tool.runnable]\n# services = ['{}']\n# ///\nprint('asked')\n"
    declared = f"""\
[tool.runnable.services.tea]
url = "tea://127.0.0.1:{port}/pot"
variable = "TEA_URL"
[tool.runnable.services.milk]
url = "milk://me:secret@127.0.0.1:{free_port}/jug"
variable = "MILK_URL"
debian = "apt-get install cow"
macos = "brew install cow"
compose = "docker compose up cow"
[tool.runnable.services.lemon]
url = "lemon://127.0.0.1:{port}/"
variable = "LEMON_URL"
"""
    monkeypatch.setenv("LEMON_URL", f"lemon://me:secret@127.0.0.1:{port}/tree")
    project = make_project(
        {
            "pyproject.toml": declared,
            "snippets/one.py": asks.format("tea"),
            "snippets/two.py": asks.format("milk"),
            "snippets/three.py": asks.format("milk"),
        }
    )
    snippets, _ = find_snippets(project)
    assert inventory(project, snippets) == (
        f"""\
tea, needed by 1 program: found at 127.0.0.1:{port}
milk, needed by 2 programs: missing; nothing answers at 127.0.0.1:{free_port}
  Debian:  apt-get install cow
  macOS:   brew install cow
  compose: docker compose up cow
  or name one that runs elsewhere in MILK_URL
lemon, needed by 0 programs: found at 127.0.0.1:{port}, which LEMON_URL names

Missing: milk. Blocks of programs that need it show the committed transcript.""",
        False,
    )
    assert inventory(project, [])[1]


def test_the_inventory_says_which_url_is_of_no_use(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEA_URL", "tea://kettle/pot")
    text = '[tool.runnable.services.tea]\nurl = "127.0.0.1:99"\nvariable = "TEA_URL"\n'
    assert inventory(make_project({"pyproject.toml": text}), []) == (
        "tea, needed by 0 programs: missing; TEA_URL is of no use: there is no port in “tea://kettle/pot”\n"
        "  or name one that runs elsewhere in TEA_URL\n"
        "\n"
        "All that is needed is there.",
        True,
    )


def test_the_ways_to_start_each_service_are_told() -> None:
    for each in PROJECT.services.values():
        assert each.variable and each.start
        assert "compose" in each.ways
    compose = (PROJECT.root / "compose.yaml").read_text("utf-8")
    for each in PROJECT.services.values():
        assert f"\n  {each.name}:\n" in compose
        assert f'"127.0.0.1:{each.address[1]}:' in compose
