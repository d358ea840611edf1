"""A process with asyncio imported that turns into one program after another, by forking. Linux only.

It is started as `python -c BOOT`, where BOOT runs this file's text in a namespace of its own; `runnable.server` does
it. It reads requests from a socket and writes what became of them to the same socket. A program for another Python, or
one that is to start as a plain process, it executes: `python file.py`. When the recorder is gone, however it went, it
kills all that it started, deletes their working directories, and goes too.

Between it and each program stands a guard, a process of ours that forks it, and waits for the end of all that it
started. The kernel gives it what loses its parent (PR_SET_CHILD_SUBREAPER), so that no process can
leave it, whatever group, session, folder or streams it takes: what has this guard above it is this program's.

A forked process must not be told from `python file.py`. So it
- runs the program in `__main__` as the interpreter made it, on an empty stack (a greenlet's), so that neither a
  traceback nor `asyncio`'s “created at” nor `sys._getframe` finds a frame of ours;
- leaves through the interpreter's own exit: threads joined, atexit, warnings of forgotten coroutines, status, signals;
- has its own session, working directory, standard streams, and default signal handlers.

This file must run on any Python from 3.11 on without the package, so it imports nothing of ours.
"""

# ruff: noqa: E402

import asyncio  # noqa: F401 - programs find it loaded
import sys

STANDARD_MODULES = frozenset(sys.modules)
"""What a program finds loaded: all that asyncio loads, and nothing that is ours alone."""

import contextlib
import contextvars
import ctypes
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
from typing import Any, NoReturn

import greenlet


def beside(name: str) -> types.ModuleType:
    """What lies beside this file as `name.py`, but is no module that a program could find."""
    module = types.ModuleType(name)
    module.__file__ = os.path.join(os.path.dirname(__file__), f"{name}.py")
    with open(module.__file__, "rb") as text:
        exec(compile(text.read(), module.__file__, "exec"), vars(module))
    return module


tracer = beside("tracer")
pending = beside("pending")


# Linux's <linux/prctl.h>.
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
prctl = ctypes.CDLL(None).prctl
# Seconds that killed processes may take to end; what stands in the kernel may take longer.
_TO_END = 5.0


def end_descendants() -> None:
    """Kills all that this process has started, and what that has started, and waits for its end."""
    deadline = time.monotonic() + _TO_END
    while time.monotonic() < deadline:
        # What loses its parent meanwhile becomes a child of ours, and is found in the next turn.
        for pid in descendants():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if not reaped():
            return
        time.sleep(0.005)


def descendants() -> set[int]:
    """The processes that have this one above them."""
    parents: dict[int, int] = {}
    for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
        with contextlib.suppress(OSError), open(f"/proc/{pid}/stat", "rb") as file:
            # The name, in parentheses, may hold anything.
            parents[pid] = int(file.read().rpartition(b")")[2].split()[1])
    found: set[int] = set()
    new = {os.getpid()}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new}
        found |= new
    return found


def reaped() -> bool:
    """Takes note of children that have ended; whether any still run."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        return True
    return False


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
    """Hands requests to guards until the socket is closed. Returns only in a program's process: the request, to be run.

    The working directories are below the folder `root`. Guards are used again, since to fork is most of what a program
    costs; there are as many as programs have run at once.
    """
    control = socket.socket(fileno=control_fd)
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    server = os.getpid()
    idle: list[socket.socket] = []
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        while True:
            for ready, _ in selector.select():
                if isinstance(line := ready.fileobj, socket.socket) and line is not control:
                    if line.recv(1):
                        idle.append(line)
                    else:  # It has ended: what its program left kept it until now.
                        selector.unregister(line)
                        line.close()
                        reaped()
                    continue
                try:
                    message, fds, _, _ = socket.recv_fds(control, 1 << 16, 2)
                except ConnectionError:
                    message = b""
                if not message:
                    end_descendants()
                    delete(root)
                    os._exit(0)
                if not idle:
                    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                    if os.fork() == 0:
                        for each in (
                            *fds,
                            *(key.fd for key in selector.get_map().values() if key.fileobj is not control),
                        ):
                            os.close(each)
                        ours.close()
                        selector.close()
                        return guard(theirs, control, server)
                    theirs.close()
                    selector.register(ours, selectors.EVENT_READ)
                    idle.append(ours)
                socket.send_fds(idle.pop(), [message], fds)
                for fd in fds:
                    os.close(fd)


def guard(line: socket.socket, control: socket.socket, server: int) -> dict[str, Any]:
    """Starts programs, one after another, and tells of the beginning and the end of each.

    Returns only in a program's process: the request, to be run. One whose program has left something running starts no
    other, and ends when all that has ended: so what it has below it is of one program only.
    """
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # Where the fork server is killed, nobody else is left to end the program.
    signal.signal(signal.SIGTERM, abandon)
    prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != server:
        abandon()
    while True:
        message, fds, _, _ = socket.recv_fds(line, 1 << 16, 2)
        request: dict[str, Any] = marshal.loads(message)
        # What is traced of a program is in memory that both share, so it is there however the program ends.
        memory = mmap.mmap(-1, tracer.SIZE) if request["trace"] and not request["python"] else None
        began = time.time_ns()
        program = os.fork()
        if program == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            line.close()
            control.close()
            request["memory"] = memory
            become(request, fds)
            return request
        for fd in fds:
            os.close(fd)
        tell(control, "began", request["id"], program, began, os.getpid())
        left = False
        with contextlib.suppress(ChildProcessError):
            while not left:
                pid, status = os.waitpid(-1, 0)
                if pid == program:
                    ended, left = time.time_ns(), reaped()
                    keep_trace(memory, request["trace"])
                    tell(control, "ended", request["id"], os.waitstatus_to_exitcode(status), ended, left)
            while True:
                os.waitpid(-1, 0)
        if left:
            os._exit(0)
        line.send(b"-")


def tell(control: socket.socket, *message: str | int) -> None:
    """Tells the recorder, if it is still there: the fork server notices where it is not."""
    with contextlib.suppress(ConnectionError):
        control.send(marshal.dumps(message))


def keep_trace(memory: mmap.mmap | None, path: str) -> None:
    """Writes what was traced to its file; none where that is nothing."""
    if memory is not None:
        with memory, contextlib.suppress(OSError):
            if used := tracer.used(memory):
                with open(path, "wb") as file:
                    file.write(memory[:used])


def abandon(*_: object) -> NoReturn:
    """Ends the program and this process."""
    end_descendants()
    os._exit(1)


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
    signal.signal(request["signal"], lambda signum, frame: pending.tell(request["dump"], frame))
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
