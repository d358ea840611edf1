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

import asyncio
import contextlib
import gc
import importlib.machinery
import marshal
import os
import resource
import selectors
import signal
import socket
import sys
import time
import types
from collections.abc import Iterator
from typing import Any, NoReturn

import greenlet

# What this file imports and asyncio does not.
OURS = ("greenlet", "greenlet._greenlet", "array", "resource")


class Children:
    """The programs that run: for each the file descriptor that tells of its end, its number, its process."""

    def __init__(self) -> None:
        self.runs: dict[int, tuple[int, int]] = {}
        self.directories: dict[str, str] = {}
        """All working directories that programs were given, each with the file beside it that may hold its tasks."""

    def leave(self) -> NoReturn:
        """Kills them and what they started, deletes what they wrote, and ends this process."""
        for _, pid in self.runs.values():
            for kill in (os.killpg, os.kill):  # Between its fork and its setsid a program has no group yet.
                with contextlib.suppress(OSError):
                    kill(pid, signal.SIGKILL)
        for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
            # What left its program's group still stands in its working directory.
            with contextlib.suppress(OSError):
                if self.is_below(os.readlink(f"/proc/{pid}/cwd")):
                    os.kill(pid, signal.SIGKILL)
        for _, pid in self.runs.values():
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        for directory, dump in self.directories.items():
            delete(directory)
            with contextlib.suppress(OSError):
                os.unlink(dump)
        for parent in set(map(os.path.dirname, self.directories)):
            with contextlib.suppress(OSError):
                os.rmdir(parent)
        os._exit(0)

    def is_below(self, path: str) -> bool:
        """Whether `path` is a working directory, or below one."""
        while path not in self.directories and len(path) > 1:
            path = os.path.dirname(path)
        return path in self.directories


def delete(directory: str) -> None:
    """Deletes a folder and all that is in it, as far as that is possible."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(directory):
            if entry.is_dir(follow_symlinks=False):
                delete(entry.path)
            else:
                os.unlink(entry.path)
        os.rmdir(directory)


def serve(control_fd: int) -> dict[str, Any]:
    """Forks for each request until the socket is closed. Returns only in a child: the request, to be run."""
    control = socket.socket(fileno=control_fd)
    children = Children()
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        while True:
            for ready, _ in selector.select():
                try:
                    if ready.fileobj is not control:
                        run_id, pid = children.runs.pop(ready.fd)
                        selector.unregister(ready.fileobj)
                        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                        os.close(ready.fd)
                        control.send(marshal.dumps(("ended", run_id, status, time.time_ns())))
                        continue
                    message, fds, _, _ = socket.recv_fds(control, 1 << 16, 2)
                except ConnectionError:
                    message = b""
                if not message:
                    children.leave()
                request: dict[str, Any] = marshal.loads(message)
                children.directories[request["directory"]] = request["dump"]
                began = time.time_ns()
                pid = os.fork()
                if pid == 0:
                    for fd in children.runs:
                        os.close(fd)
                    selector.close()
                    control.close()
                    become(request, fds)
                    return request
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
    path = request["path"]
    if request["python"]:
        execute(request["python"], path)
    sys.argv[:] = [path]
    sys.orig_argv[:] = [sys.orig_argv[0], path]
    sys.path[0] = os.path.dirname(os.path.realpath(path))
    signal.signal(request["signal"], lambda signum, frame: dump_tasks(request["dump"], frame))
    for name in OURS:
        sys.modules.pop(name, None)


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
    """The program as a function that takes nothing and whose globals are those of `__main__`, fresh."""
    namespace = sys.modules["__main__"].__dict__
    kept = {name: namespace[name] for name in standard}
    namespace.clear()
    namespace.update(kept, __loader__=importlib.machinery.SourceFileLoader("__main__", path), __file__=path)
    if sys.version_info < (3, 15):
        namespace["__cached__"] = None
    with open(path, "rb") as file:
        source = file.read()
    return types.FunctionType(compile(source, path, "exec", dont_inherit=True), namespace)


def run(control_fd: int) -> None:
    """Serves; in a child, runs the requested program to its end and leaves the rest to the interpreter."""
    standard = [
        name for name in sys.modules["__main__"].__dict__ if name.startswith("__") and name != "__warningregistry__"
    ]
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    # Without this the interpreter's last collection in a child would write to, and so copy, every page that is shared.
    gc.collect()
    gc.freeze()
    request = serve(control_fd)
    try:
        greenlet.greenlet(program(request["path"], standard)).switch()
    except SystemExit:
        raise
    except BaseException as error:
        # The interpreter prints it, as it would have; our frames above the program's are cut off.
        below = error.__traceback__
        while below is not None and below.tb_frame.f_code.co_filename == __file__:
            below = below.tb_next
        sys.excepthook = Excepthook(sys.excepthook, below)
        raise


class Excepthook:
    """Calls the program's own `sys.excepthook` as the interpreter would, with the program's part of the traceback."""

    def __init__(self, show: Any, below: types.TracebackType | None) -> None:
        self.show, self.below = show, below

    def __call__(self, kind: type[BaseException], error: BaseException, _: object) -> None:
        """Prints the error; where that fails, says so in the interpreter's words."""
        sys.excepthook = self.show
        error.__traceback__ = sys.last_traceback = self.below
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
