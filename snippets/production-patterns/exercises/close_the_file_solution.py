import asyncio
from contextlib import aclosing


async def numbers():
    print("file: opened")
    try:
        for number in range(1, 100):
            await asyncio.sleep(0.2)
            yield number
    finally:
        await asyncio.sleep(0.1)
        print("file: closed")


async def first_even():
    async with aclosing(numbers()) as opened:
        async for number in opened:
            if number % 2 == 0:
                return number


async def main():
    print("main: found", await first_even())
    await asyncio.sleep(0.5)
    print("main: returns")


asyncio.run(main())
