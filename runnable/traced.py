"""Begins to trace a plain process as soon as it imports asyncio; one that does not is left alone.

The text of this file is executed while Python starts: `site` executes a line of `runnable_tracer.pth`, which executes
what the recorder put into RUNNABLE_TRACER and takes that out of the environment (see `runnable.interpreter` and
`runnable.process`). It finds five names: TRACE, the file to which the trace goes; PROGRAM, the program's file; CODES, a
file in which is kept what was compiled, for the next process; SIGNAL, the number of the signal by which the process is
asked for its tasks, 0 where there is none; and DUMP, the file to which they go.

Until asyncio is imported, the only thing to be seen of it is an entry of `sys.meta_path`. It must run on any Python
from 3.11 on without the package, so it imports nothing of ours.
"""

import marshal
import os
import sys

TRACER, PENDING = (os.path.join(os.path.dirname(__file__), name) for name in ("tracer.py", "pending.py"))
NEEDED = (("base_events", "BaseEventLoop"), ("events", "Handle"), ("runners", "Runner"), ("tasks", "Task"))


class Finder:
    """Finds no module, but is asked for each."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        """Begins when what is to be traced is there: asyncio itself imports other modules after that."""
        if name.startswith("asyncio.") and all(
            hasattr(sys.modules.get(f"asyncio.{module}"), attribute) for module, attribute in NEEDED
        ):
            sys.meta_path.remove(Finder)
            before = set(sys.modules)
            listen()
            try:
                begin()
            except Exception as error:
                with open(TRACE + ".failed", "w", encoding="utf-8") as file:
                    file.write(f"{type(error).__name__}: {error}")
            for each in sys.modules.keys() - before:
                del sys.modules[each]


def listen():
    """Answers when it is asked for its tasks. What that takes is loaded then."""
    if SIGNAL:
        import signal

        try:
            signal.signal(SIGNAL, answer)
        except ValueError:
            pass  # A thread imports asyncio, and only the main thread may do this.


def answer(number, frame):
    """Writes which tasks have not ended."""
    names = {"__name__": "pending"}
    with open(PENDING, encoding="utf-8") as file:
        exec(compile(file.read(), PENDING, "exec"), names)
    names["tell"](DUMP, frame)


def begin():
    """Loads the tracer, and starts it with a buffer that is the file itself, where that leaves no open file behind."""
    names = {"__name__": "tracer", "__file__": TRACER}
    try:
        with open(CODES, "rb") as file:
            code, ready = marshal.load(file)
    except (OSError, EOFError, ValueError, TypeError):
        with open(TRACER, encoding="utf-8") as file:
            code, ready = compile(file.read(), TRACER, "exec"), None
    exec(code, names)
    names["prepare"](ready)
    if ready is None:
        new = f"{CODES}.{os.getpid()}"
        try:
            with open(new, "wb") as file:
                marshal.dump((code, names["prepared"]()), file)
            os.replace(new, CODES)
        except OSError:
            pass  # Then the next process compiles again.
    if sys.version_info >= (3, 13):
        import mmap

        fd = os.open(TRACE, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))
        try:
            os.ftruncate(fd, names["SIZE"])
            names["start"](mmap.mmap(fd, names["SIZE"], trackfd=False), PROGRAM)
        finally:
            os.close(fd)
    else:
        names["start"](bytearray(names["SIZE"]), PROGRAM, TRACE)


sys.meta_path.insert(0, Finder)
