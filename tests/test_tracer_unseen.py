"""That a program cannot tell whether it is traced: it is asked for all that could give the tracer away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from runnable import interpreter
from runnable.difference import drift
from runnable.project import Project
from runnable.record import record
from runnable.recording import Recording
from runnable.snippet import Snippet, find_snippets
from runnable.stamps import in_order, sockets_work
from runnable.survey import transcript_text

ROOT = Path(__file__).resolve().parents[1]
OWN = f"{interpreter.own().version.major}.{interpreter.own().version.minor}"
PYTHONS = sorted(
    {f"{each.version.major}.{each.version.minor}" for each in interpreter.installed(Project.at(ROOT))} | {OWN},
    key=lambda version: int(version.partition(".")[2]),
)
PYTHONS = [version for version in PYTHONS if int(version.partition(".")[2]) >= 11]

# Each is a program of its own, which prints what it finds.
PROGRAMS = {
    "repr of tasks, handles and loops": """
        async def child():
            await asyncio.sleep(0.01)

        async def main():
            task = asyncio.create_task(child(), name="child")
            print(task, task.get_coro(), type(task), type(task.get_coro()))
            loop = asyncio.get_running_loop()
            print(loop, loop.call_soon(print), loop.call_later(9, print), loop.get_task_factory())
            await asyncio.sleep(0)
            print(task, asyncio.all_tasks() == {task, asyncio.current_task()})
            await task
            print(task)
        """,
    "tracebacks": """
        import traceback

        async def inner():
            await asyncio.sleep(0)
            raise ValueError("inner")

        async def outer():
            try:
                await inner()
            except ValueError as error:
                print(traceback.format_exc())
                raise KeyError("outer") from error

        def callback():
            raise ZeroDivisionError("in a callback")

        async def main():
            loop = asyncio.get_running_loop()
            loop.call_soon(callback)
            await asyncio.sleep(0)
            task = asyncio.create_task(outer())
            try:
                await task
            except KeyError as error:
                print("".join(traceback.format_exception(error)))
                print(repr(error.__context__), repr(error.__cause__))
            asyncio.create_task(outer())
            await asyncio.sleep(0.01)
            try:
                await loop.run_in_executor(None, callback)
            except ZeroDivisionError:
                traceback.print_exc()
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(inner())
            except* ValueError:
                traceback.print_exc()
            raise SystemExit
        """,
    "stacks": """
        import sys
        import traceback

        def frames():
            frame, found = sys._getframe(1), []
            while frame is not None:
                found.append((frame.f_code.co_filename.rpartition("/")[2], frame.f_code.co_qualname, frame.f_lineno))
                print("   ", found[-1], sorted(frame.f_locals) if "asyncio" in frame.f_code.co_filename else "")
                frame = frame.f_back
            return found

        async def child():
            frames()
            traceback.print_stack()
            await asyncio.sleep(0.01)

        async def main():
            task = asyncio.create_task(child())
            await asyncio.sleep(0)
            task.print_stack()
            print(task.get_stack())
            asyncio.get_running_loop().call_soon(frames)
            await task
            await asyncio.to_thread(frames)
        """,
    "depth of recursion": """
        import sys

        def depth(n=0):
            try:
                return depth(n + 1)
            except RecursionError:
                return n

        async def task():
            return depth()

        async def nested(n=0):
            try:
                return await nested(n + 1)
            except RecursionError:
                return n

        def deep_call_soon(n):
            if n:
                return deep_call_soon(n - 1)
            asyncio.get_running_loop().call_soon(int)

        def deepest():
            low, high = 0, 2000
            while high - low > 1:
                middle = (low + high) // 2
                try:
                    deep_call_soon(middle)
                    low = middle
                except RecursionError:
                    high = middle
            return low

        async def main():
            print(depth(), await asyncio.create_task(task()), await nested(), deepest(), len(sys._current_frames()))
            loop = asyncio.get_running_loop()
            future = loop.create_future()
            loop.call_soon(lambda: future.set_result(depth()))
            print(await future, await asyncio.to_thread(depth))
        """,
    "garbage": """
        import gc
        import sys
        import weakref

        class Payload:
            def __del__(self):
                print("payload is gone")

        async def holds(payload):
            await asyncio.sleep(0.01)
            del payload
            await asyncio.sleep(0)

        async def forever(payload):
            await asyncio.get_running_loop().create_future()

        async def main():
            task = asyncio.create_task(holds(Payload()))
            reference = weakref.ref(task, lambda _: print("task is gone"))
            await asyncio.sleep(0)
            print(sys.getrefcount(task), sys.getrefcount(task.get_coro()), len(gc.get_referrers(task.get_coro())))
            await task
            print("done", sys.getrefcount(task))
            del task
            print("deleted", reference())
            lost = asyncio.create_task(forever(Payload()))
            lost._log_destroy_pending = False
            await asyncio.sleep(0)
            del lost
            gc.collect()
            print("collected", [each for each in gc.get_objects() if isinstance(each, Payload)])
            future = asyncio.get_running_loop().create_future()
            waiting = asyncio.create_task(asyncio.wait([future]))
            await asyncio.sleep(0)
            print(sys.getrefcount(future), sys.getrefcount(waiting))
            future.set_result(1)
            await waiting
        """,
    "debug mode and warnings": """
        import logging
        import time

        logging.basicConfig(format="%(name)s %(levelname)s %(message)s")

        async def slow():
            time.sleep(0.8)

        async def forgotten():
            pass

        async def main():
            loop = asyncio.get_running_loop()
            loop.set_debug(True)
            loop.slow_callback_duration = 0.7
            await asyncio.create_task(slow(), name="slow")
            forgotten()
            handle = loop.call_soon(print)
            handle.cancel()
            print(handle)
            try:
                loop.call_soon(forgotten)
            except TypeError as error:
                print(error)
            future = loop.create_future()
            future.set_exception(ValueError("never retrieved"))
            del future
            task = asyncio.create_task(slow())
            print(task._source_traceback[-1].name, [each.name for each in task._source_traceback][-4:])
            await task
        """,
    "functions, modules and files": """
        import inspect
        import os
        import sys
        import threading
        from asyncio import base_events, events
        from concurrent.futures import thread

        async def main():
            await asyncio.to_thread(int)
            for function in (
                events.Handle._run,
                base_events.BaseEventLoop._call_soon,
                base_events.BaseEventLoop.call_later,
                base_events.BaseEventLoop.create_task,
                base_events.BaseEventLoop.run_in_executor,
                thread._WorkItem.run,
                thread._WorkItem.__init__,
                asyncio.Runner._lazy_init,
            ):
                code = function.__code__
                print(function.__qualname__, code.co_qualname, code.co_firstlineno, code.co_varnames, code.co_name)
                print(len(inspect.getsource(function)), inspect.signature(function), function.__defaults__)
                print(code.co_argcount, code.co_flags, function.__closure__, function.__module__, function.__doc__)
                print(sorted({line for _, _, line in code.co_lines() if line is not None}))
            print(sorted(sys.modules))
            print(sorted(os.environ), sys.path[1:], len(sys.meta_path), len(sys.path_hooks), sys.gettrace(), sys.getprofile())
            print([thread.name for thread in threading.enumerate()], sys.unraisablehook is sys.__unraisablehook__)
            print(sorted(vars(base_events)), sorted(vars(events)), sorted(vars(base_events.BaseEventLoop)))
            print(os.listdir("."), sorted(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else "")
        """,
    "a program that counts": """
        import contextvars

        variable = contextvars.ContextVar("variable", default=0)

        async def child(n):
            variable.set(n)
            await asyncio.sleep(0)
            return variable.get(), asyncio.current_task().get_name(), asyncio.current_task().cancelling()

        async def cancels():
            try:
                await asyncio.sleep(9)
            except asyncio.CancelledError as error:
                print(repr(error), repr(error.__context__), asyncio.current_task().cancelling())
                raise

        async def main():
            print(await asyncio.gather(*(child(n) for n in range(3))), variable.get())
            task = asyncio.create_task(cancels())
            await asyncio.sleep(0)
            task.cancel("enough")
            try:
                await task
            except asyncio.CancelledError as error:
                print(repr(error), repr(error.__context__), task.cancelled(), task.cancelling())
            print(asyncio.create_task(child(4)).get_name())
        """,
}


@pytest.fixture(scope="module")
def project(make_project: Callable[[dict[str, str | bytes]], Project]) -> Project:
    files: dict[str, str | bytes] = {}
    for version in PYTHONS:
        for title, source in PROGRAMS.items():
            head = "" if version == OWN else f'# /// script\n# requires-python = "=={version}.*"\n# ///\n'
            text = re.sub(r"(?m)^ {8}", "", source).strip()
            name = f"{re.sub(r'[^a-z]+', '_', title)}_{version.replace('.', '_')}"
            files[f"snippets/page/{name}.py"] = f"{head}import asyncio\n{text}\n\nasyncio.run(main())\n"
    return make_project(files)


ADDRESS = re.compile(r"0x[0-9a-f]+|id=\d+|took \d\.\d+ seconds|when=[\d.]+|for [\d.]+ seconds|at [\d.]+>")


def told(recording: Recording) -> list[str]:
    """The lines of both streams, without what differs from run to run."""
    return [
        f"{stream}: {ADDRESS.sub('…', line.text)}"
        for stream in ("out", "err")
        for line in recording.lines
        if line.stream == stream
    ]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("fork", [True, False], ids=["forked", "plain"])
def test_a_program_cannot_tell_whether_it_is_traced(project: Project, fork: bool) -> None:
    snippets = [
        snippet for snippet in find_snippets(project)[0] if fork or snippet.slug.endswith(OWN.replace(".", "_"))
    ]
    assert len(snippets) >= len(PROGRAMS)
    sides = [
        record(project, snippets, force=True, keep=False, fork=fork, trace=trace, at_once=2) for trace in (True, False)
    ]
    different = []
    for traced, untraced in zip(*sides, strict=True):
        assert [str(problem) for problem in traced.problems] == [str(problem) for problem in untraced.problems] == []
        assert isinstance(traced.entry, Recording)
        assert isinstance(untraced.entry, Recording)
        assert traced.entry.trace is not None
        assert not [note for note in traced.entry.trace.notes if note.startswith(("The tracer", "Not all"))]
        assert untraced.entry.trace is None
        mine, theirs = told(traced.entry), told(untraced.entry)
        assert mine
        different += [
            f"{traced.snippet.slug}: traced {one!r}, untraced {other!r}"
            for one, other in zip(mine, theirs, strict=False)
            if one != other
        ]
        if len(mine) != len(theirs):
            different.append(f"{traced.snippet.slug}: {len(mine)} lines traced, {len(theirs)} untraced")
    assert "\n".join(different) == ""


@pytest.mark.timeout(600)
def test_every_program_of_the_guide_does_the_same_untraced() -> None:
    project = Project.at(ROOT)
    snippets = []
    for snippet in find_snippets(project)[0]:
        try:
            interpreter.environment(snippet.header.requires_python, snippet.header.dependencies, project)
        except interpreter.MissingError:
            continue
        snippets.append(snippet)
    assert len(snippets) > 40
    traced = record(project, snippets)  # What is fresh was recorded with the tracer.
    untraced = record(project, snippets, force=True, keep=False, trace=False)
    different, with_trace = [], 0
    for one, other in zip(traced, untraced, strict=True):
        assert not one.problems, "\n".join(map(str, one.problems))
        assert not other.problems, "\n".join(map(str, other.problems))
        if not isinstance(one.entry, Recording) or not isinstance(other.entry, Recording):
            continue
        assert other.entry.trace is None
        with_trace += one.entry.trace is not None
        different += list(filter(None, (drifted(one.snippet, each) for each in (one.entry, other.entry))))
        if one.entry.exit != other.entry.exit:
            different.append(f"{one.snippet.place}: exit {one.entry.exit} traced, {other.entry.exit} untraced")
    assert different == []
    assert with_trace > len(snippets) / 2


def drifted(snippet: Snippet, entry: Recording) -> str | None:
    """How a run differs from the program's transcript."""
    text = transcript_text(snippet)
    if text is None:
        return f"{snippet.place} has no transcript"
    found = drift(snippet, text, entry, ordered=in_order() and sockets_work())
    return str(found) if found else None
