"""The event loop of a program in the reader's page: asyncio's own selector loop, on our network, without threads."""

from __future__ import annotations

import asyncio
import itertools
import re
from asyncio import selector_events
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, NoReturn

from runnable.browser import executor as executors
from runnable.browser.frames import without_ours

_OWN_NAME = re.compile(r"Task-\d+")


class Loop(selector_events.BaseSelectorEventLoop):
    """What a program runs on there. A function that is given to an executor runs at once, between two turns.

    WebAssembly has no threads: a call that blocks, blocks. What a program prints is as on a desktop, but such calls do
    not overlap.
    """

    names = itertools.count(1)
    """The numbers of tasks without a name. asyncio counts on from one run to the next; a process begins with 1."""

    _pool: Executor | None = None

    def create_task(self, coro: Coroutine[Any, Any, Any], **options: Any) -> asyncio.Task[Any]:  # type: ignore[override]
        """As asyncio does it; but what asyncio calls `Task-123` is called by the number it has in this run."""
        if options.get("name") is not None:
            return super().create_task(coro, **options)
        factory = self.get_task_factory()
        if factory is None or factory is getattr(asyncio, "eager_task_factory", None):
            self._check_closed()  # type: ignore[attr-defined]
            return super().create_task(coro, **{**options, "name": f"Task-{next(Loop.names)}"})
        task = super().create_task(coro, **options)
        if isinstance(task, asyncio.Task) and _OWN_NAME.fullmatch(task.get_name()):
            task.set_name(f"Task-{next(Loop.names)}")
        return task

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Runs the function in a turn of its own, and gives its result."""
        self._check_closed()  # type: ignore[attr-defined]
        if self._debug:  # type: ignore[attr-defined]
            self._check_callback(func, "run_in_executor")  # type: ignore[attr-defined]
        if executor is None:
            self._check_default_executor()  # type: ignore[attr-defined]
            executor = self._pool
        elif not isinstance(executor, ThreadPoolExecutor):
            return asyncio.wrap_future(executor.submit(func, *args), loop=self)
        future: asyncio.Future[Any] = self.create_future()
        self.call_soon(_run, future, executor, func, args)
        return future

    def set_default_executor(self, executor: Executor) -> None:
        """As asyncio's; but nothing has to wait for its threads."""
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._pool = executor

    async def _make_subprocess_transport(self, *args: Any, **options: Any) -> NoReturn:
        del args, options
        raise NotImplementedError(NO_PROCESSES)

    async def create_unix_connection(self, *args: Any, **options: Any) -> NoReturn:
        """There are no sockets that are files."""
        del args, options
        raise NotImplementedError(NO_UNIX)

    async def create_unix_server(self, *args: Any, **options: Any) -> NoReturn:
        """There are no sockets that are files."""
        del args, options
        raise NotImplementedError(NO_UNIX)

    def add_signal_handler(self, sig: int, callback: Callable[..., Any], *args: Any) -> NoReturn:  # type: ignore[override]
        """There are no signals, as on Windows."""
        del sig, callback, args
        raise NotImplementedError(NO_SIGNALS)

    def remove_signal_handler(self, sig: int) -> NoReturn:
        """There are no signals, as on Windows."""
        del sig
        raise NotImplementedError(NO_SIGNALS)


NO_PROCESSES = "a program in a page cannot start another: there are no processes there"
NO_UNIX = "a page has no Unix sockets: use a TCP port on 127.0.0.1"
NO_SIGNALS = "a page sends no signals to a program"

# On Linux the loop is called so, and says so where it is printed.
Loop.__name__ = Loop.__qualname__ = "_UnixSelectorEventLoop"


def _run(future: asyncio.Future[Any], executor: Executor | None, function: Callable[..., Any], args: Any) -> None:
    if future.cancelled():
        return
    try:
        result = executors.called(executor, function, *args)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        if isinstance(error, StopIteration):  # a future takes none
            error = RuntimeError("a function on a thread raised StopIteration")
        error.__traceback__ = without_ours(error.__traceback__)
        if not future.cancelled():
            future.set_exception(error)
    else:
        if not future.cancelled():
            future.set_result(result)
