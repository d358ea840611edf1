import asyncio
import time


async def fetch(city):
    """Waits, and others may run: stands for a request or a query."""
    await asyncio.sleep(0.1)
    return range(20_000)


def has_seven(price):
    return "7" in str(price)


def count(prices):
    """Computes."""
    found = 0
    for price in prices:
        found += has_seven(price)
    return found


def save(city, number):
    """Waits, and nobody may run: stands for a library that blocks."""
    time.sleep(0.05)
    print(f"{city}: {number} prices have a 7")


async def report(city):
    prices = await fetch(city)
    save(city, count(prices))


async def main():
    for city in ("Oslo", "Rome", "Lima"):
        await report(city)


if __name__ == "__main__":
    asyncio.run(main())
