"""A process with asyncio imported that turns into one program after another, by forking. Linux only.

It is started as `python -c BOOT`, where BOOT runs this file's text in a namespace of its own; `runnable.server` does
it. It reads requests from a socket and writes what became of them to the same socket. A program for another Python, or
one that is to start as a plain process, it executes: `python file.py`. When the recorder is gone, however it went, it
kills all that it started, deletes their working directories, and goes too.

A forked process must not be told from `python file.py`. So it
- runs the program in `__main__` as the interpreter made it, on an empty stack (a greenlet's), so that neither a
  traceback nor `asyncio`'s “created at” nor `sys._getframe` finds a frame of ours;
- leaves through the interpreter's own exit: threads joined, atexit, warnings of forgotten coroutines, status, signals;
- has its own session, working directory, standard streams, and default signal handlers.

This file must run on any Python from 3.11 on without the package, so it imports nothing of ours.
"""

# ruff: noqa: E402

import asyncio
import sys

STANDARD_MODULES = frozenset(sys.modules)
"""What a program finds loaded: all that asyncio loads, and nothing that is ours alone."""

import contextlib
import contextvars
import gc
import importlib.machinery
import marshal
import mmap
import os
import resource
import selectors
import signal
import socket
import time
import types
from collections.abc import Iterator
from typing import Any, NoReturn

import greenlet

tracer = types.ModuleType("tracer")
"""`tracer.py`, which lies beside this file, but is no module that a program could find."""
tracer.__file__ = os.path.join(os.path.dirname(__file__), "tracer.py")
with open(tracer.__file__, "rb") as _text:
    exec(compile(_text.read(), tracer.__file__, "exec"), vars(tracer))


class Children:
    """The programs that run: for each the file descriptor that tells of its end, its number, its process.

    Their working directories are below the folder `root`. What is traced of a program is in memory that it shares with
    this process, so it is there however the program ends.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.runs: dict[int, tuple[int, int]] = {}
        self.traces: dict[int, tuple[mmap.mmap, str]] = {}
        """By the program's number: the memory, and the file to which it goes at the end."""

    def keep_trace(self, run_id: int) -> None:
        """Writes what was traced to its file, when the program has ended; none where that is nothing."""
        if run_id in self.traces:
            memory, path = self.traces.pop(run_id)
            with memory, contextlib.suppress(OSError):
                if used := tracer.used(memory):
                    with open(path, "wb") as file:
                        file.write(memory[:used])

    def leave(self) -> NoReturn:
        """Kills them and what they started, deletes what they wrote, and ends this process."""
        for _, pid in self.runs.values():
            for kill in (os.killpg, os.kill):  # Between its fork and its setsid a program has no group yet.
                with contextlib.suppress(OSError):
                    kill(pid, signal.SIGKILL)
        for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
            # What left its program's group still stands in its working directory.
            with contextlib.suppress(OSError):
                if os.readlink(f"/proc/{pid}/cwd").startswith(f"{self.root}/"):
                    os.kill(pid, signal.SIGKILL)
        for _, pid in self.runs.values():
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        delete(self.root)
        os._exit(0)


def delete(directory: str) -> None:
    """Deletes a folder and all that is in it, as far as that is possible."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(directory):
            if entry.is_dir(follow_symlinks=False):
                delete(entry.path)
            else:
                os.unlink(entry.path)
        os.rmdir(directory)


def serve(control_fd: int, root: str) -> dict[str, Any]:
    """Forks for each request until the socket is closed. Returns only in a child: the request, to be run."""
    control = socket.socket(fileno=control_fd)
    children = Children(root)
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        while True:
            for ready, _ in selector.select():
                try:
                    if ready.fileobj is not control:
                        run_id, pid = children.runs.pop(ready.fd)
                        selector.unregister(ready.fileobj)
                        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                        ended = time.time_ns()
                        os.close(ready.fd)
                        children.keep_trace(run_id)
                        control.send(marshal.dumps(("ended", run_id, status, ended)))
                        continue
                    message, fds, _, _ = socket.recv_fds(control, 1 << 16, 2)
                except ConnectionError:
                    message = b""
                if not message:
                    children.leave()
                request: dict[str, Any] = marshal.loads(message)
                memory = mmap.mmap(-1, tracer.SIZE) if request["trace"] and not request["python"] else None
                began = time.time_ns()
                pid = os.fork()
                if pid == 0:
                    for other, _ in children.traces.values():
                        other.close()
                    request["memory"] = memory
                    for fd in children.runs:
                        os.close(fd)
                    selector.close()
                    control.close()
                    become(request, fds)
                    return request
                if memory is not None:
                    children.traces[request["id"]] = memory, request["trace"]
                pidfd = os.pidfd_open(pid)
                children.runs[pidfd] = (request["id"], pid)
                selector.register(pidfd, selectors.EVENT_READ)
                for fd in fds:
                    os.close(fd)
                with contextlib.suppress(ConnectionError):  # The next turn notices.
                    control.send(marshal.dumps(("began", request["id"], pid, began)))


def become(request: dict[str, Any], fds: list[int]) -> None:
    """Makes this process the one that `python file.py` would be, up to the program's first line."""
    os.setsid()
    for fd, standard in zip(fds, (1, 2), strict=True):
        os.dup2(fd, standard)
        os.close(fd)
    os.chdir(request["directory"])
    os.environ.update(request["variables"])
    path = request["path"]
    if request["python"]:
        execute(request["python"], path)
    sys.argv[:] = [path]
    sys.orig_argv[:] = [sys.orig_argv[0], path]
    sys.path[0] = os.path.dirname(os.path.realpath(path))
    signal.signal(request["signal"], lambda signum, frame: dump_tasks(request["dump"], frame))
    if request["memory"] is not None:
        tracer.start(request["memory"], path)
    for name in sys.modules.keys() - STANDARD_MODULES:
        del sys.modules[name]


def execute(python: str, path: str) -> NoReturn:
    """Becomes a plain process."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and a new program would inherit that.
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execv(python, [python, path])
    except OSError as error:
        os.write(2, f"{python}: {error.strerror}\n".encode())
        os._exit(127)


def dump_tasks(path: str, frame: types.FrameType | None) -> None:
    """Writes to the file `path` which tasks have not ended and where each stands, outermost call first."""
    lines: list[str] = []
    with contextlib.suppress(Exception):
        for task in sorted(asyncio.all_tasks(), key=lambda task: (len(task.get_name()), task.get_name())):
            calls = [f"{name} ({file}:{line})" for name, file, line in _await_frames(task.get_coro())]
            lines.append(f"task {task.get_name()!r} waits in {' > '.join(calls)}")
    if not lines and frame is not None:
        code = frame.f_code
        lines.append(f"no task; Python stands in {code.co_qualname} ({code.co_filename}:{frame.f_lineno})")
    with contextlib.suppress(OSError):
        with open(path + ".new", "w", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(lines))
        os.replace(path + ".new", path)


def _await_frames(awaitable: object) -> Iterator[tuple[str, str, int]]:
    while awaitable is not None:
        frame = next(
            (found for name in ("cr_frame", "gi_frame", "ag_frame") if (found := getattr(awaitable, name, None))), None
        )
        if frame is not None:
            yield frame.f_code.co_qualname, frame.f_code.co_filename, frame.f_lineno
        awaitable = next(
            (found for name in ("cr_await", "gi_yieldfrom", "ag_await") if (found := getattr(awaitable, name, None))),
            None,
        )


def program(path: str, standard: list[str]) -> types.FunctionType:
    """The program as a function that takes nothing and whose globals are those of a fresh `__main__`.

    The module is a new one: what the interpreter started with is frozen (see `run`), and what a frozen namespace holds
    would not be deleted at the end.
    """
    old = vars(sys.modules["__main__"])
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    namespace = vars(main)
    namespace.clear()
    namespace.update({name: old[name] for name in standard})
    namespace.update(__loader__=importlib.machinery.SourceFileLoader("__main__", path), __file__=path)
    if sys.version_info < (3, 15):
        namespace["__cached__"] = None
    with open(path, "rb") as file:
        source = file.read()
    return types.FunctionType(compile(source, path, "exec", dont_inherit=True), namespace)


def run(control_fd: int, root: str) -> None:
    """Serves; in a child, runs the requested program to its end and leaves the rest to the interpreter."""
    standard = [
        name for name in sys.modules["__main__"].__dict__ if name.startswith("__") and name != "__warningregistry__"
    ]
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    # Without this the interpreter's last collection in a child would write to, and so copy, every page that is shared.
    tracer.prepare()
    gc.collect()
    gc.freeze()
    request = serve(control_fd, root)
    # What the program registers with atexit is called outside of its greenlet, but finds the variables that it set.
    context = greenlet.getcurrent().gr_context = contextvars.Context()
    exit_code: list[object] = []
    try:
        main = greenlet.greenlet(program(request["path"], standard))
        main.gr_context = context
        main.switch()
    except SystemExit as error:
        error.__traceback__ = remembered(below(error.__traceback__))
        exit_code.append(error.code)
    except BaseException as error:
        # The interpreter prints it, as it would have; our frames above the program's are cut off.
        sys.excepthook = Excepthook(getattr(sys, "excepthook", None), below(error.__traceback__))
        raise
    if exit_code:
        # Not the same object: our frames would be added to its traceback, which a task may still have to print.
        raise SystemExit(*exit_code)


def below(traceback: types.TracebackType | None) -> types.TracebackType | None:
    """The program's part of a traceback that begins with our frames."""
    while traceback is not None and traceback.tb_frame.f_code.co_filename == __file__:
        traceback = traceback.tb_next
    return traceback


def remembered(traceback: types.TracebackType | None) -> types.TracebackType | None:
    """The part of a traceback that the exception has when nobody but the interpreter catches it.

    Before 3.12 that was what lies below the last frame that might have caught it.
    """
    if sys.version_info < (3, 12):
        import dis  # noqa: PLC0415 - what the program finds loaded must not depend on it

        while traceback is not None:
            code, at = traceback.tb_frame.f_code, traceback.tb_lasti
            if any(entry.start <= at < entry.end for entry in dis._parse_exception_table(code)):  # type: ignore[attr-defined]
                break
            traceback = traceback.tb_next
    return traceback


class Excepthook:
    """Calls the program's own `sys.excepthook` as the interpreter would, with the program's part of the traceback."""

    def __init__(self, show: Any, below: types.TracebackType | None) -> None:
        self.show, self.below = show, below

    def __call__(self, kind: type[BaseException], error: BaseException, _: object) -> None:
        """Prints the error; where that fails, says so in the interpreter's words."""
        sys.excepthook = self.show
        error.__traceback__ = sys.last_traceback = self.below
        if self.show is None:
            del sys.excepthook
            print("sys.excepthook is missing", file=sys.stderr)
            sys.__excepthook__(kind, error, self.below)
            return
        try:
            # On an empty stack, as the program.
            greenlet.greenlet(self.show).switch(kind, error, self.below)
        except SystemExit:
            raise
        except BaseException as second:
            second.__traceback__ = second.__traceback__.tb_next if second.__traceback__ else None
            for title, each in (("Error in sys.excepthook:", second), ("\nOriginal exception was:", error)):
                print(title, file=sys.stderr)
                sys.__excepthook__(type(each), each, each.__traceback__)
