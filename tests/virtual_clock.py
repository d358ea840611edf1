"""Run one program on a virtual clock: a wait takes no time, and lasts as long as it says.

    python tests/virtual_clock.py RESULT program.py

RESULT receives one JSON array a line: `[second, stream, text]` for each write, at the end `[second, "exit", status]`.
Of a program that would not end, the last line is `[second, "waits", 0]` where all tasks wait and nothing is left that
could wake one, and `[second, "loops", 0]` where it has computed for ten seconds.

Where all tasks of a program wait, the clock jumps to the next timer. What a test sees depends on what the program does,
never on how busy the machine is. `time.time`, `time.monotonic`, `time.perf_counter`, `time.sleep` and the loop.s clock
move together. Threads and child processes live in real time: test a program that has them by its recording.
This file needs nothing but the standard library of any Python from 3.11 on, so that it can run beside any program.
"""

import gc
import io
import json
import os
import selectors
import sys
import threading
import time
import traceback

# Real sockets on loopback: how long a reply may be on its way inside the kernel before the clock may jump.
GRACE = 0.1
# Seconds of computing after which a program is taken for one without an end. A busy machine does not change them.
PATIENCE = 10.0


class Clock:
    """Seconds since the program began."""

    now = 0.0

    @classmethod
    def read(cls) -> float:
        return cls.now

    @classmethod
    def read_ns(cls) -> int:
        return round(cls.now * 1e9)

    @classmethod
    def sleep(cls, seconds: float) -> None:
        cls.now += seconds


class JumpingSelector(selectors.DefaultSelector):
    """Waits for no timer: it moves the clock instead."""

    give_up = None

    def select(self, timeout=None):
        if time.process_time() > PATIENCE:
            self.give_up("loops")
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        only_wakeup_pipe = len(self.get_map()) <= 1
        if timeout is None:
            if only_wakeup_pipe and threading.active_count() == 1:
                self.give_up("waits")
            return super().select(None)
        if not only_wakeup_pipe and (ready := super().select(GRACE)):
            return ready
        Clock.now += timeout
        return []


class Stream(io.TextIOBase):
    """Writes each piece of text, with the second, to the result."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name, result):
        self._name, self._result = name, result

    def writable(self):
        return True

    def write(self, text):
        self._result.write(json.dumps([round(Clock.now, 6), self._name, text]) + "\n")
        self._result.flush()
        return len(text)


def main(result_path, program):
    with open(result_path, "w", encoding="utf-8") as result, open(program, encoding="utf-8-sig") as file:
        source = file.read()
        sys.argv[:] = [program]
        sys.path[0] = program.rpartition("/")[0]
        sys.stdout, sys.stderr = Stream("out", result), Stream("err", result)
        selectors.DefaultSelector = JumpingSelector

        def give_up(why):
            result.write(json.dumps([round(Clock.now, 6), why, 0]) + "\n")
            result.flush()
            os._exit(0)

        JumpingSelector.give_up = staticmethod(give_up)
        for name in ("time", "monotonic", "perf_counter"):
            setattr(time, name, Clock.read)
            setattr(time, name + "_ns", Clock.read_ns)
        time.sleep = Clock.sleep
        module = type(sys)("__main__")
        module.__file__ = program
        sys.modules["__main__"] = module
        status = 0
        try:
            exec(compile(source, program, "exec"), vars(module))
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next
            traceback.print_exception(error)
            status = 1
        gc.collect()  # before the names go, as at a real exit
        vars(module).clear()
        gc.collect()
        result.write(json.dumps([round(Clock.now, 6), "exit", status]) + "\n")
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__


if __name__ == "__main__":
    main(*sys.argv[1:])
