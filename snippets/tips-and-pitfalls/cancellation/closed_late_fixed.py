import asyncio
from contextlib import aclosing


async def rows():
    for number in range(1, 1000):
        await asyncio.sleep(0.2)
        yield number


async def main():
    connection = asyncio.Lock()
    async with connection, aclosing(rows()) as table:
        async for number in table:
            print("row", number)
            if number == 2:
                break
    try:
        async with asyncio.timeout(0.8), connection:
            print("main: has the connection")
    except TimeoutError:
        print("main: the connection is still in use")


asyncio.run(main())
