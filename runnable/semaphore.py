"""So many at once, and of those who wait the most urgent next."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
from collections.abc import AsyncIterator


class PrioritySemaphore:
    """An `asyncio.Semaphore` that is fair by rank: a lower one goes first, and of equal ones who came first."""

    def __init__(self, value: int) -> None:
        self._free = value
        self._arrivals = itertools.count()
        # Nobody waits while one is free.
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    @contextlib.asynccontextmanager
    async def held(self, rank: float) -> AsyncIterator[None]:
        """Waits for its turn, and holds one of them."""
        await self._acquire(rank)
        try:
            yield
        finally:
            self._release()

    async def _acquire(self, rank: float) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._arrivals), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # It was given and cannot be used.
                self._release()
            raise

    def _release(self) -> None:
        while self._waiting:
            *_, turn = heapq.heappop(self._waiting)
            if not turn.done():  # Who waited for it may have been cancelled.
                turn.set_result(None)
                return
        self._free += 1
