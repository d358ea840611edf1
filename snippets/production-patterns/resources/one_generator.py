import asyncio
from contextlib import asynccontextmanager


async def press(letter):
    await asyncio.sleep(0.2)
    print("printed:", letter)


@asynccontextmanager
async def printer():
    await asyncio.sleep(0.2)
    print("printer: warm")
    try:
        yield press
    finally:
        await asyncio.sleep(0.2)
        print("printer: off")


async def main():
    async with printer() as press:
        await press("a letter to Ana")
    try:
        async with printer() as press:
            raise ValueError("no paper")
    except ValueError as error:
        print("main:", error)


asyncio.run(main())
