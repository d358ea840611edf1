import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def printer():
    print("printer: warm")
    yield
    print("printer: off")


async def main():
    try:
        async with printer():
            raise ValueError("no paper")
    except ValueError as error:
        print("main:", error)


asyncio.run(main())
