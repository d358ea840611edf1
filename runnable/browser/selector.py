"""A selector for sockets of our network: it says which are ready, and waits until one is."""

from __future__ import annotations

import math
import selectors
from collections.abc import Callable, Iterable
from typing import Any

from runnable.browser.network import Network, Socket


class Selector(selectors._BaseSelectorImpl):
    """Over the sockets of `network`. `turn` is called when it need not wait."""

    turn: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self, network: Network | None = None) -> None:
        super().__init__()
        self._network = network or Socket.network

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """The keys that are ready, each with its events. Waits at most `timeout` seconds for the first."""
        with self._network.changed:
            ready = self._ready()
            if ready or (timeout is not None and timeout <= 0):
                type(self).turn()
                return ready
            # As epoll does it: timers of the same millisecond come true together, on which order depends.
            self._network.pass_time(None if timeout is None else math.ceil(timeout * 1e3) * 1e-3)
            return self._ready()

    def _ready(self) -> list[tuple[selectors.SelectorKey, int]]:
        found = []
        keys: Any = self.get_map().values()
        for key in list(keys):
            socket = self._network.sockets.get(key.fd)
            if socket is None:
                continue
            events = 0
            if key.events & selectors.EVENT_READ and socket.is_readable():
                events |= selectors.EVENT_READ
            if key.events & selectors.EVENT_WRITE and socket.is_writable():
                events |= selectors.EVENT_WRITE
            if events:
                found.append((key, events))
        return found


def select(
    rlist: Iterable[Any], wlist: Iterable[Any], xlist: Iterable[Any], timeout: float | None = None, /
) -> tuple[list[Any], list[Any], list[Any]]:
    """As `select.select`; nothing is ever exceptional."""
    readable, writable = list(rlist), list(wlist)
    del xlist
    wanted: dict[Any, int] = {}
    for each in readable:
        wanted[each] = wanted.get(each, 0) | selectors.EVENT_READ
    for each in writable:
        wanted[each] = wanted.get(each, 0) | selectors.EVENT_WRITE
    with Selector() as selector:
        for each, events in wanted.items():
            selector.register(each, events)
        found = {key.fileobj: events for key, events in selector.select(timeout)}
    return (
        [each for each in readable if found.get(each, 0) & selectors.EVENT_READ],
        [each for each in writable if found.get(each, 0) & selectors.EVENT_WRITE],
        [],
    )
