"""Threads of a pool where there are no threads: what is submitted runs at once, and is done when `submit` returns."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, NoReturn

from runnable.browser.frames import without_ours

NO_PROCESSES = "a program in a page cannot start another: there are no processes there. Use a ThreadPoolExecutor"


def called(executor: Executor | None, function: Callable[..., Any], /, *args: Any, **keywords: Any) -> Any:
    """The result of the function, called as on a thread of the pool: outside of any event loop."""
    with _outside_of_loops():
        begin = getattr(executor, "_begin_inline", None)
        if begin is not None:
            del executor._begin_inline  # type: ignore[union-attr]
            begin()
        return function(*args, **keywords)


@contextlib.contextmanager
def _outside_of_loops() -> Iterator[None]:
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)


def install() -> None:
    """Has all pools of threads run what they are given at once, and none of processes be made."""
    make = ThreadPoolExecutor.__init__

    def init(
        self: Any,
        max_workers: int | None = None,
        thread_name_prefix: str = "",
        initializer: Callable[..., object] | None = None,
        initargs: tuple[Any, ...] = (),
        **options: Any,
    ) -> None:
        make(self, max_workers, thread_name_prefix, initializer, initargs, **options)
        if initializer is not None:
            self._begin_inline = lambda: initializer(*initargs)

    def submit(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        try:
            result = called(self, fn, *args, **kwargs)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            error.__traceback__ = without_ours(error.__traceback__)
            future.set_exception(error)
        else:
            future.set_result(result)
        return future

    init.__qualname__, submit.__qualname__ = "ThreadPoolExecutor.__init__", "ThreadPoolExecutor.submit"
    ThreadPoolExecutor.__init__ = init  # type: ignore[method-assign]
    ThreadPoolExecutor.submit = submit  # type: ignore[method-assign]
    # Not a subclass of what is there: its module cannot be imported where there are no semaphores.
    vars(concurrent.futures)["ProcessPoolExecutor"] = ProcessPoolExecutor


class ProcessPoolExecutor(Executor):
    """What stands in the place of `concurrent.futures.ProcessPoolExecutor`: it cannot be made."""

    def __init__(self, *args: Any, **options: Any) -> NoReturn:
        del args, options
        raise NotImplementedError(NO_PROCESSES)
