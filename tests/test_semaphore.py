"""So many at once; of those who wait the most urgent is next, and nobody's turn is lost."""

from __future__ import annotations

import asyncio

from runnable.semaphore import PrioritySemaphore


async def turns() -> None:
    """Lets everyone who can go on do so."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_the_lowest_rank_is_next_and_of_equal_ones_who_came_first() -> None:
    async def main() -> list[str]:
        semaphore, order = PrioritySemaphore(1), []

        async def one(name: str, rank: float) -> None:
            async with semaphore.held(rank):
                order.append(name)
                await asyncio.sleep(0)

        async with asyncio.TaskGroup() as group:
            for name, rank in [("holder", 9), ("late", 3), ("first of two", 2), ("second of two", 2), ("urgent", -1)]:
                group.create_task(one(name, rank))
        return order

    assert asyncio.run(main()) == ["holder", "urgent", "first of two", "second of two", "late"]


def test_never_more_at_once_than_it_was_made_for_and_never_fewer() -> None:
    async def main() -> list[int]:
        semaphore, inside, seen = PrioritySemaphore(3), 0, []

        async def one(rank: float) -> None:
            nonlocal inside
            async with semaphore.held(rank):
                inside += 1
                await turns()
                seen.append(inside)
                inside -= 1

        async with asyncio.TaskGroup() as group:
            for number in range(12):
                group.create_task(one(number % 4))
        return seen

    seen = asyncio.run(main())
    assert max(seen) == 3
    assert len(seen) == 12


def test_who_is_cancelled_while_waiting_or_when_its_turn_comes_takes_none_away() -> None:
    async def main() -> list[str]:
        semaphore, order = PrioritySemaphore(1), []

        async def one(name: str, rank: float) -> None:
            async with semaphore.held(rank):
                order.append(name)

        async with semaphore.held(0):
            waits = asyncio.create_task(one("waits", 1))
            chosen = asyncio.create_task(one("chosen", 2))
            last = asyncio.create_task(one("last", 3))
            await turns()
            waits.cancel()
            await turns()
        chosen.cancel()  # It has its turn already, and has not run since.
        await asyncio.gather(waits, chosen, last, return_exceptions=True)
        assert waits.cancelled() and chosen.cancelled()
        async with asyncio.timeout(5), semaphore.held(0):
            order.append("free")
        return order

    assert asyncio.run(main()) == ["last", "free"]


def test_who_fails_gives_its_turn_back() -> None:
    async def main() -> str:
        semaphore = PrioritySemaphore(1)
        try:
            async with semaphore.held(0):
                raise ValueError("spilt")
        except ValueError:
            pass
        async with asyncio.timeout(5), semaphore.held(0):
            return "free"

    assert asyncio.run(main()) == "free"
