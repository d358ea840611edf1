"""What the tracer records of a program that runs an event loop: each kind of event, on each Python of this machine."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from runnable import interpreter
from runnable.outcome import Outcome
from runnable.project import Project
from runnable.record import record
from runnable.recording import Recording
from runnable.snippet import Snippet
from runnable.stamps import sockets_work
from runnable.trace import Job, Step, Task, Trace

ROOT = Path(__file__).resolve().parents[1]
OWN = f"{interpreter.own().version.major}.{interpreter.own().version.minor}"


@cache
def pythons() -> list[str]:
    """The versions on this machine that a program may ask for, our own first."""
    found = {f"{each.version.major}.{each.version.minor}" for each in interpreter.installed(Project.at(ROOT))}
    newer = sorted(version for version in found if int(version.partition(".")[2]) >= 11 and version != OWN)
    return [OWN, *newer]


on_every_python = pytest.mark.parametrize("python", pythons())


@dataclass(frozen=True)
class Traced:
    """A recording and its trace, with what tests ask of it."""

    recording: Recording
    trace: Trace
    source: list[str]

    @property
    def out(self) -> list[str]:
        return [line.text for line in self.recording.lines if line.stream == "out"]

    def number(self, name: str) -> int:
        """The number of the only task with this name."""
        (found,) = [number for number, task in enumerate(self.trace.tasks) if task.name == name]
        return found

    def task(self, name: str) -> Task:
        return self.trace.tasks[self.number(name)]

    def steps(self, name: str) -> list[Step]:
        number = self.number(name)
        return [step for step in self.trace.steps if step.task == number]

    def waits(self, name: str) -> list[str]:
        """What the task waited for after each of its steps, in order; "" where it ended."""
        return [step.waits for step in self.steps(name)]

    def who(self, number: int | None) -> str | None:
        return None if number is None else self.trace.tasks[number].name

    def marked(self, line: int | None) -> str | None:
        """The comment at the end of this line of the program."""
        return None if line is None else self.source[line - 1].partition("# ")[2]

    def job(self, name: str) -> Job:
        (found,) = [job for job in self.trace.jobs if job.name == name]
        return found

    def writer(self, text: str) -> str | None:
        """The name of the task that wrote this line, as the trace has it."""
        (write,) = [write for write in self.recording.writes if write.text.strip() == text]
        (said,) = {said.task for said in self.trace.said if said.second == write.second}
        return self.who(said)


@pytest.fixture(scope="session")
def project(make_project: Callable[[dict[str, str | bytes]], Project]) -> Project:
    """One for all programs: the environments of other Pythons are made once."""
    return make_project({"snippets/page/nothing.py": "pass\n"})


Run = Callable[..., Outcome]


@pytest.fixture
def run(project: Project, request: pytest.FixtureRequest) -> Run:
    """Records a program given as text, with this header, on this Python."""

    def run(source: str, *, python: str = OWN, header: str = "", **options: bool) -> Outcome:
        name = re.sub(r"\W", "_", request.node.name)
        lines = [] if python == OWN else [f'requires-python = "=={python}.*"']
        lines += header.splitlines()
        head = ["# /// script", *(f"# {line}" for line in lines), "# ///", ""] if lines else []
        path = project.snippets / "page" / f"{name}.py"
        path.write_text("\n".join(head) + textwrap.dedent(source), "utf-8")
        (outcome,) = record(project, [Snippet.read(path, project)], force=True, keep=False, **options)
        return outcome

    return run


@pytest.fixture
def traced(run: Run) -> Callable[..., Traced]:
    def traced(source: str, **options: str | bool) -> Traced:
        outcome = run(source, **options)
        assert not outcome.problems, "\n".join(map(str, outcome.problems))
        assert isinstance(outcome.entry, Recording)
        assert outcome.entry.trace is not None
        return Traced(outcome.entry, outcome.entry.trace, outcome.snippet.source.splitlines())

    return traced


Trace_ = Callable[..., Traced]


@on_every_python
def test_tasks_are_told_with_creator_name_coroutine_and_end(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio

        class Kitchen:
            async def serve(self, dish):
                child = asyncio.create_task(taste(dish), name="taster")
                asyncio.current_task().set_name(f"serve {dish}")
                await child

        async def taste(dish):
            if dish == "soup":
                raise ValueError("no salt")

        async def forever():
            await asyncio.Event().wait()

        async def main():
            asyncio.current_task().set_name("main")
            await asyncio.wait([asyncio.create_task(Kitchen().serve("soup"))])
            task = asyncio.create_task(forever(), name="endless")
            await asyncio.sleep(0)
            task.cancel("closing time")
            await asyncio.wait([task])

        asyncio.run(main())
        """,
        python=python,
    )
    main, serve, taster, endless = map(run.task, ("main", "serve soup", "taster", "endless"))
    assert [run.who(task.parent) for task in (main, serve, taster, endless)] == [None, "main", "serve soup", "main"]
    assert [task.coroutine for task in (main, serve, taster)] == ["main", "Kitchen.serve", "taste"]
    assert (main.outcome, main.detail) == ("result", "")
    assert (serve.outcome, serve.detail) == ("exception", "ValueError: no salt")
    assert (taster.outcome, taster.detail) == ("exception", "ValueError: no salt")
    assert (endless.outcome, endless.detail) == ("cancelled", "closing time")
    assert run.who(endless.cancelled_by) == "main"
    assert run.who(taster.cancelled_by) is None
    for task in (main, serve, taster, endless):
        assert task.ended is not None
        assert 0 <= task.created <= task.ended <= run.recording.seconds
        assert task.loop == 0
        assert not task.eager
    assert run.trace.notes == ()


@on_every_python
def test_waits_are_named_with_the_line_and_who_ended_them(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio
        import time

        async def helper():
            await asyncio.sleep(0.25)             # helper sleeps

        async def holder(lock, queue, event):
            async with lock:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.02)
            queue.put_nowait("bread")
            await asyncio.sleep(0.02)
            event.set()

        async def waiter(lock, queue, event):
            async with lock:                      # lock
                pass
            await queue.get()                     # queue
            await event.wait()                    # event
            await asyncio.sleep(0)                # zero
            await helper()                        # helper

        async def main():
            lock, queue, event = asyncio.Lock(), asyncio.Queue(), asyncio.Event()
            one = asyncio.create_task(holder(lock, queue, event), name="holder")
            two = asyncio.create_task(waiter(lock, queue, event), name="waiter")
            await asyncio.gather(one, two)        # gather
            three = asyncio.create_task(helper(), name="other")
            await three                           # other
            await asyncio.wait_for(asyncio.create_task(helper(), name="limited"), 5)
            async with asyncio.TaskGroup() as group:
                group.create_task(helper(), name="member")
            try:
                async with asyncio.timeout(0.05):
                    await asyncio.Event().wait()
            except TimeoutError:
                pass
            await asyncio.shield(helper())
            await asyncio.to_thread(time.sleep, 0.05)
            await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.05)
            future = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_later(0.01, future.set_result, None)
            await future

        asyncio.run(main())
        """,
        python=python,
    )
    assert run.waits("holder") == ["sleep(0.01)", "sleep(0.02)", "sleep(0.02)", ""]
    waiter = run.steps("waiter")
    assert [step.waits for step in waiter] == [
        "Lock.acquire",
        "Queue.get",
        "Event.wait",
        "sleep(0)",
        "sleep(0.25)",
        "",
    ]
    assert [run.marked(step.line) for step in waiter] == ["lock", "queue", "event", "zero", "helper sleeps", None]
    assert [run.who(step.woken_by) for step in waiter] == [None, "holder", "holder", "holder", None, None]
    main = run.steps("Task-1")
    expected = ["gather", "other", "limited", "TaskGroup", "Event.wait", "shield", "to_thread", "run_in_executor"]
    if python == "3.11":
        expected[2] = "wait_for"  # There it waits for a future of its own, which stands for the task.
    assert [step.waits for step in main] == [*expected, "Future", ""]
    assert [run.marked(step.line) for step in main[:2]] == ["gather", "other"]
    # Of those it awaited, the one that ended last woke it.
    assert [run.who(step.woken_by) for step in main[1:5]] == ["waiter", "other", "limited", "member"]


@on_every_python
def test_steps_are_in_order_and_do_not_overlap(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio

        async def worker():
            for _ in range(5):
                await asyncio.sleep(0)

        async def main():
            await asyncio.gather(*(worker() for _ in range(4)))

        asyncio.run(main())
        """,
        python=python,
    )
    steps = run.trace.steps
    assert all(step.start <= step.end for step in steps)
    assert all(before.end <= after.start for before, after in itertools.pairwise(steps))
    for task in ("Task-2", "Task-3", "Task-4", "Task-5"):
        assert run.waits(task) == ["sleep(0)"] * 5 + [""]
    turns = [step.task for step in steps if run.trace.tasks[step.task].coroutine == "worker"]
    assert turns == [1, 2, 3, 4] * 6


@on_every_python
def test_who_cancelled_is_told(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio

        async def forever():
            await asyncio.Event().wait()

        async def outer(inner):
            await inner

        async def fail():
            await asyncio.sleep(0.01)
            raise ValueError

        async def boss():
            before = asyncio.create_task(forever(), name="before it began")
            before.cancel()
            inner = asyncio.create_task(forever(), name="inner")
            chain = asyncio.create_task(outer(inner), name="chain")
            members = [asyncio.create_task(forever(), name=f"gathered {n}") for n in range(2)]
            together = asyncio.gather(*members, return_exceptions=True)
            await asyncio.sleep(0.01)
            chain.cancel()
            together.cancel()
            await asyncio.wait([before, inner, chain, *members])

        async def main():
            await asyncio.create_task(boss(), name="boss")
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(forever(), name="sibling")
                    group.create_task(fail(), name="failing")
            except* ValueError:
                pass
            late = asyncio.create_task(forever(), name="late")
            asyncio.get_running_loop().call_later(0.01, late.cancel)
            await asyncio.wait([late])
            asyncio.create_task(forever(), name="left behind")

        asyncio.run(main())
        """,
        python=python,
    )
    by = {task.name: run.who(task.cancelled_by) for task in run.trace.tasks if task.outcome == "cancelled"}
    assert by == {
        "before it began": "boss",
        "inner": "boss",
        "chain": "boss",
        "gathered 0": "boss",
        "gathered 1": "boss",
        "sibling": "failing",
        "late": None,
        "left behind": None,
    }


@pytest.mark.parametrize("python", [each for each in pythons() if each != "3.11"])
def test_the_first_step_of_an_eager_task_is_told(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio

        async def at_once():
            print("one")

        async def waits():
            print("two")
            asyncio.create_task(at_once(), name="nested")
            await asyncio.sleep(0.01)
            print("three")

        async def main():
            asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
            asyncio.create_task(at_once(), name="at once")
            print("main")
            await asyncio.create_task(waits(), name="waits")

        asyncio.run(main())
        """,
        python=python,
    )
    for name in ("at once", "waits", "nested"):
        task, first = run.task(name), run.steps(name)[0]
        assert task.eager
        assert task.created == first.start
    assert [run.who(run.task(name).parent) for name in ("at once", "waits", "nested")] == ["Task-1", "Task-1", "waits"]
    outer, inner, nested = run.steps("Task-1")[0], run.steps("waits")[0], run.steps("nested")[0]
    assert outer.start <= inner.start <= nested.start <= nested.end <= inner.end <= outer.end
    assert run.waits("waits") == ["sleep(0.01)", ""]
    assert run.waits("at once") == [""]
    assert not run.task("Task-1").eager
    if sockets_work():
        assert [run.writer(text) for text in ("main", "two", "three")] == ["Task-1", "waits", "waits"]


@on_every_python
def test_jobs_are_told_with_their_thread(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio
        import time
        from concurrent.futures import ThreadPoolExecutor

        def slow():
            time.sleep(0.05)

        def fails():
            raise ValueError

        async def main():
            loop = asyncio.get_running_loop()
            await asyncio.to_thread(slow)
            with ThreadPoolExecutor(thread_name_prefix="kitchen") as pool:
                try:
                    await loop.run_in_executor(pool, fails)
                except ValueError:
                    pass
                pool.submit(len, "abc").result()

        asyncio.run(main())
        """,
        python=python,
    )
    slow, fails, count = map(run.job, ("slow", "fails", "len"))
    assert [job.worker for job in (slow, fails, count)] == ["asyncio_0", "kitchen_0", "kitchen_0"]
    assert [run.who(job.task) for job in (slow, fails, count)] == ["Task-1"] * 3
    for job in (slow, fails, count):
        assert job.kind == "thread"
        assert job.start is not None
        assert job.end is not None
        assert job.asked <= job.start <= job.end
    assert slow.start is not None
    assert slow.end is not None
    assert slow.end - slow.start >= 0.05


@on_every_python
def test_callbacks_that_take_long_are_told(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio
        import functools
        import time

        class Kitchen:
            def clean(self, seconds):
                time.sleep(seconds)

        async def main():
            loop = asyncio.get_running_loop()
            loop.call_soon(functools.partial(Kitchen().clean, 0.02))
            loop.call_later(0.01, time.sleep, 0.03)
            loop.call_soon(print, "quick")
            await asyncio.sleep(0.1)

        asyncio.run(main())
        """,
        python=python,
    )
    told = [callback for callback in run.trace.callbacks if callback.name in {"Kitchen.clean", "sleep"}]
    assert [callback.name for callback in told] == ["Kitchen.clean", "sleep"]
    assert [callback.end - callback.start >= least for callback, least in zip(told, (0.02, 0.03), strict=True)] == [
        True
    ] * 2


@on_every_python
def test_several_loops_are_told_apart(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio
        import threading

        async def main(name):
            asyncio.current_task().set_name(name)
            await asyncio.sleep(0.05)

        asyncio.run(main("first"))
        asyncio.run(main("second"))
        threads = [threading.Thread(target=asyncio.run, args=[main(f"thread {n}")]) for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        """,
        python=python,
    )
    names = ("first", "second", "thread 0", "thread 1")
    assert len({run.task(name).loop for name in names}) == 4
    assert [run.waits(name) for name in names] == [["sleep(0.05)", ""]] * 4
    assert [run.task(name).outcome for name in names] == ["result"] * 4


@on_every_python
def test_a_task_factory_of_the_program_is_traced(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio

        class MyTask(asyncio.Task):
            pass

        async def child():
            await asyncio.sleep(0.01)

        async def main():
            loop = asyncio.get_running_loop()
            loop.set_task_factory(lambda loop, coro, **options: MyTask(coro, loop=loop, **options))
            task = asyncio.create_task(child(), name="child")
            print(type(task).__name__)
            await task

        asyncio.run(main())
        """,
        python=python,
    )
    assert run.out == ["MyTask"]
    assert run.waits("child") == ["sleep(0.01)", ""]
    assert run.who(run.task("child").parent) == "Task-1"
    assert run.waits("Task-1") == ["child", ""]


@on_every_python
def test_streams_async_generators_and_as_completed_are_named(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio

        async def numbers():
            for number in range(2):
                await asyncio.sleep(0.01)         # numbers
                yield number

        async def answer(reader, writer):
            writer.write(await reader.readline())
            writer.close()
            await writer.wait_closed()

        async def work():
            await asyncio.sleep(0.03)

        async def main():
            async for _ in numbers():
                pass
            server = await asyncio.start_server(answer, "127.0.0.1", 0)
            async with server:
                host, port = server.sockets[0].getsockname()
                reader, writer = await asyncio.open_connection(host, port)
                writer.write(b"hello\\n")
                await reader.readline()
                writer.close()
                await writer.wait_closed()
            for each in asyncio.as_completed([work()]):
                await each

        asyncio.run(main(), debug=True)
        """,
        python=python,
    )
    steps = run.steps("Task-1")
    assert [(step.waits, run.marked(step.line)) for step in steps[:2]] == [("sleep(0.01)", "numbers")] * 2
    waits = run.waits("Task-1")
    assert "StreamReader.readline" in waits
    assert "as_completed" in waits
    assert "StreamReader.readline" in [step.waits for step in run.trace.steps if step.task != 0]


@pytest.mark.skipif(not sockets_work(), reason="this platform does not tell when output was written")
@on_every_python
def test_who_wrote_is_told(traced: Trace_, python: str) -> None:
    run = traced(
        """
        import asyncio
        import sys

        async def child(name):
            print(f"{name} begins")
            await asyncio.sleep(0.02)
            print(f"{name} ends", file=sys.stderr)

        async def main():
            await asyncio.gather(*(asyncio.create_task(child(name), name=name) for name in ("a", "b")))
            asyncio.get_running_loop().call_soon(print, "callback")
            await asyncio.to_thread(print, "thread")
            print("main ends")

        print("before")
        asyncio.run(main())
        print("after")
        """,
        python=python,
    )
    writers = {text: run.writer(text) for text in ("a begins", "b begins", "a ends", "b ends", "main ends")}
    assert writers == {"a begins": "a", "b begins": "b", "a ends": "a", "b ends": "b", "main ends": "Task-1"}
    assert [run.writer(text) for text in ("before", "callback", "thread", "after")] == [None] * 4
    assert [said.second for said in run.trace.said] == [write.second for write in run.recording.writes]
    assert [said.stream for said in run.trace.said] == [write.stream for write in run.recording.writes]


def test_a_program_without_a_loop_has_no_trace(run: Run) -> None:
    outcome = run("import asyncio\n\nprint(asyncio)\n")
    assert isinstance(outcome.entry, Recording)
    assert outcome.entry.trace is None


@on_every_python
def test_a_run_can_go_untraced(run: Run, python: str) -> None:
    source = "import asyncio\n\nprint(asyncio.run(asyncio.sleep(0, 'done')))\n"
    outcome = run(source, python=python, trace=False)
    assert isinstance(outcome.entry, Recording)
    assert outcome.entry.trace is None
    outcome = run(source, python=python)
    assert isinstance(outcome.entry, Recording)
    assert outcome.entry.trace is not None


@on_every_python
@pytest.mark.parametrize("how", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_a_program_that_vanishes_leaves_its_trace(traced: Trace_, python: str, how: str) -> None:
    run = traced(
        f"""
        import asyncio
        import os
        import time

        async def child():
            await asyncio.sleep(3600)

        async def main():
            task = asyncio.create_task(child(), name="child")
            await asyncio.sleep(0.05)
            time.sleep(0.05)
            {how}

        asyncio.run(main())
        """,
        python=python,
        header="[tool.runnable]\nexit = -9" if "kill" in how else "",
    )
    assert run.waits("child") == ["sleep(3600)"]
    assert run.waits("Task-1")[0] == "sleep(0.05)"
    assert [run.task(name).outcome for name in ("Task-1", "child")] == ["", ""]
    if python != "3.12":  # There, as a plain process of 3.11, what was last before the end is not in the buffer's copy.
        last = run.steps("Task-1")[-1]
        assert last.end - last.start >= 0.05
        assert "The program ended in the middle of a step of Task-1." in run.trace.notes


def test_a_forked_child_does_not_write_into_the_trace(traced: Trace_) -> None:
    run = traced(
        """
        import asyncio
        import os

        async def child():
            await asyncio.sleep(0.01)

        async def main():
            await asyncio.sleep(0.01)

        if (pid := os.fork()) == 0:
            asyncio.run(child())
            os._exit(0)
        os.waitpid(pid, 0)
        asyncio.run(main())
        """
    )
    assert "child" not in [task.coroutine for task in run.trace.tasks]
    assert run.waits("Task-1") == ["sleep(0.01)", ""]


def test_a_loop_closed_under_a_task_is_no_trouble(traced: Trace_) -> None:
    run = traced(
        """
        import asyncio

        async def forever():
            await asyncio.Event().wait()

        loop = asyncio.new_event_loop()
        task = loop.create_task(forever(), name="orphan")
        loop.call_later(0.02, loop.stop)
        loop.run_forever()
        loop.close()
        print(task.done())
        task._log_destroy_pending = False
        del task
        asyncio.run(asyncio.sleep(0.01))
        """
    )
    assert run.out == ["False"]
    assert run.waits("orphan") == ["Event.wait"]
    assert (run.task("orphan").outcome, run.task("orphan").ended) == ("", None)


def test_hostile_names_are_kept_as_they_are_but_not_whole(traced: Trace_) -> None:
    run = traced(
        r"""
        import asyncio

        class Sly(Exception):
            def __str__(self):
                print("SEEN")
                raise SystemExit

        async def fails():
            raise Sly

        async def main():
            names = ["<b>&\x00\n\x1b[31m", "x" * 10_000, "\ud800 lone", "", "café"]
            await asyncio.gather(*(asyncio.create_task(asyncio.sleep(0), name=name) for name in names))
            task = asyncio.create_task(fails(), name="sly")
            await asyncio.wait([task])
            task.exception()

        asyncio.run(main())
        """
    )
    assert run.out == []
    names = [task.name for task in run.trace.tasks if task.coroutine == "sleep"]
    assert names == ["<b>&\x00\n\x1b[31m", "x" * 200, "\\ud800 lone", "", "café"]
    assert run.task("sly").detail == "Sly"


def test_ten_thousand_tasks_stay_small(traced: Trace_) -> None:
    run = traced(
        """
        import asyncio

        async def visitor():
            await asyncio.sleep(0.2)

        async def main():
            await asyncio.gather(*(visitor() for _ in range(10_000)))

        asyncio.run(main())
        """
    )
    assert len(run.trace.tasks) == 2_000
    assert len(run.trace.steps) == 2_000
    assert run.trace.notes == (
        "Of 20,004 steps, the first 2,000 are in the trace; of the others it is known how many there were in each "
        "task, and how long they took.",
        "Of 10,003 tasks, the first 2,000 are in the trace.",
    )


def test_a_hundred_thousand_steps_are_summed(traced: Trace_) -> None:
    run = traced(
        """
        import asyncio

        async def worker():
            for _ in range(50_000):
                await asyncio.sleep(0)

        async def main():
            await asyncio.gather(asyncio.create_task(worker(), name="a"), asyncio.create_task(worker(), name="b"))

        asyncio.run(main())
        """,
        header="[tool.runnable]\ntimeout = 60",
    )
    assert len(run.trace.steps) == 2_000
    counted = {name: run.task(name).steps_dropped + len(run.steps(name)) for name in ("a", "b", "Task-1")}
    assert counted == {"a": 50_001, "b": 50_001, "Task-1": 2}
    assert run.task("a").seconds_dropped > 0
    assert run.task("a").outcome == "result"


@pytest.mark.skipif(OWN not in {"3.11", "3.12", "3.13", "3.14"}, reason="uvloop has no wheel for this Python yet")
def test_uvloop_is_traced(traced: Trace_) -> None:
    pytest.importorskip("uvloop")
    run = traced(
        """
        import asyncio
        import uvloop

        async def worker(lock):
            async with lock:
                await asyncio.sleep(0.02)

        async def main():
            asyncio.current_task().set_name("main")
            lock = asyncio.Lock()
            async with asyncio.TaskGroup() as group:
                for name in ("a", "b"):
                    group.create_task(worker(lock), name=name)
            task = asyncio.create_task(asyncio.sleep(3600), name="cancelled")
            await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.wait([task])
            await asyncio.to_thread(len, "abc")

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main())
        """
    )
    assert run.waits("a") == ["sleep(0.02)", ""]
    assert run.waits("b") == ["Lock.acquire", "sleep(0.02)", ""]
    assert run.who(run.steps("b")[1].woken_by) == "a"
    assert run.waits("main") == ["TaskGroup", "sleep(0.01)", "wait", "to_thread", ""]
    assert run.who(run.task("cancelled").cancelled_by) == "main"
    assert run.job("len").worker == "asyncio_0" or run.job("len").worker.startswith("uvloop")
    (note,) = run.trace.notes
    assert note == (
        "The event loop is a uvloop.Loop, in which less is to be seen: no callbacks but the steps of tasks, no eager "
        "steps, and who woke a task only where that was done in a task's own turn."
    )


def test_aiohttp_is_traced(traced: Trace_) -> None:
    run = traced(
        """
        import asyncio
        import aiohttp
        from aiohttp import web

        async def hello(request):
            await asyncio.sleep(0.02)
            return web.Response(text="hello")

        async def main():
            app = web.Application()
            app.router.add_get("/", hello)
            runner = web.AppRunner(app)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            port = site._server.sockets[0].getsockname()[1]
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/") as answer:
                    print(await answer.text())
            await runner.cleanup()

        asyncio.run(main())
        """,
        header='dependencies = ["aiohttp"]',
    )
    assert run.out == ["hello"]
    assert "ClientResponse.start" in run.waits("Task-1")
    (handler,) = {step.task for step in run.trace.steps if step.waits == "sleep(0.02)"}
    assert run.trace.tasks[handler].coroutine.startswith("RequestHandler.")


def test_a_fork_of_a_running_program_is_noted(traced: Trace_) -> None:
    run = traced(
        """
        import asyncio
        import os

        async def main():
            if (pid := os.fork()) == 0:
                os._exit(0)
            os.waitpid(pid, 0)
            await asyncio.sleep(0.01)

        asyncio.run(main())
        """
    )
    assert run.waits("Task-1") == ["sleep(0.01)", ""]
    assert run.trace.notes == (
        "The program forked while it was traced; what the new processes did is not in the trace.",
    )
