"""Run in Pyodide (`test_tracer_pyodide.py`): traces a program on a loop that sleeps where it would select.

Prints the trace as JSON after what the program prints. The project is mounted at /project.
"""

import asyncio
import json
import sys
import time

import js

sys.path.insert(0, "/project")

from runnable import journal, tracer

PROGRAM = """
import asyncio


async def worker(lock, name):
    async with lock:
        await asyncio.sleep(0.02)
    print(name, "is done")


async def main():
    lock = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        for name in ("a", "b"):
            group.create_task(worker(lock, name), name=name)
    task = asyncio.create_task(asyncio.sleep(3600), name="cancelled")
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])


with asyncio.Runner(loop_factory=loop_factory) as runner:
    runner.run(main())
"""


class Selector:
    """Nothing ever comes from outside: only timers end a wait."""

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("nothing is scheduled")
        if timeout > 0:
            js.sleepSync(timeout)
        return []

    def close(self):
        pass


class Loop(asyncio.BaseEventLoop):
    """The least that runs tasks and timers."""

    def __init__(self):
        super().__init__()
        self._selector = Selector()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


buffer = bytearray(tracer.SIZE)
began = time.time_ns()
# Pyodide says that its own loop runs.
asyncio.events._set_running_loop(None)
tracer.start(buffer, "program.py")
try:
    exec(compile(PROGRAM, "program.py", "exec"), {"__name__": "__main__", "loop_factory": Loop})
finally:
    tracer.stop()
trace = journal.read(bytes(buffer[: tracer.used(buffer)]), began, time.time_ns())
print(json.dumps(trace.to_json()))
