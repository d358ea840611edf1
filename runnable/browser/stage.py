"""What a program in the reader's page finds in the place of the system's network, event loops, threads and clocks.

It is put in place once, and stays: `set_up` changes modules of the standard library for good.
"""

from __future__ import annotations

import asyncio
import asyncio.events
import select
import selectors
import sys
import threading
import types
from typing import Any, NoReturn

from runnable.browser import executor, network, selector
from runnable.browser.clock import Clock
from runnable.browser.loop import Loop
from runnable.browser.selector import Selector

NO_THREADS = "can't start new thread: a page has none. asyncio.to_thread works, but runs its function at once"


def set_up(clock: Clock) -> None:
    """Puts all of it in place; time passes on `clock`."""
    clock.install()
    set_up_network()
    network.Socket.network.pass_time = clock.wait
    network.Socket.network.alone = clock.is_alone
    Selector.turn = clock.turn
    executor.install()
    _threads()


def set_up_network() -> None:
    """Puts the network and the loops in place, and leaves clocks and threads alone."""
    network.install()
    kinds = ("DefaultSelector", "SelectSelector", "PollSelector", "EpollSelector", "KqueueSelector", "DevpollSelector")
    _replace(selectors, **{kind: Selector for kind in kinds if hasattr(selectors, kind)})
    _replace(select, select=selector.select)
    _loops()


def _loops() -> None:
    """Has asyncio make loops of ours, and undoes what Pyodide changed in it."""
    _replace(asyncio, run=asyncio.runners.run, SelectorEventLoop=Loop)
    if sys.version_info >= (3, 13):
        _replace(asyncio, EventLoop=Loop)
    forget_policy()
    events: Any = asyncio.events
    events._init_event_loop_policy()
    type(events._event_loop_policy)._loop_factory = Loop
    forget_policy()


def forget_policy() -> None:
    """Forgets the event loop policy that a program, or Pyodide, has set, and with it the loop that was set."""
    _replace(asyncio.events, _event_loop_policy=None)


def _threads() -> None:
    def start(*args: Any, **options: Any) -> NoReturn:
        del args, options
        raise RuntimeError(NO_THREADS)

    for name in ("_start_joinable_thread", "_start_new_thread"):
        if hasattr(threading, name):
            _replace(threading, **{name: start})


def _replace(module: types.ModuleType, **values: Any) -> None:
    vars(module).update(values)
