import asyncio
import itertools
from contextlib import asynccontextmanager


async def spin(text):
    for mark in itertools.cycle("-\\|/"):
        print(f"{text} {mark}", end="\r", flush=True)
        await asyncio.sleep(0.25)


@asynccontextmanager
async def spinner(text):
    task = asyncio.create_task(spin(text))
    end = "failed"
    try:
        yield
        end = "done"
    finally:
        task.cancel()
        print(f"{text}: {end}")


async def main():
    async with spinner("mixing the dough"):
        await asyncio.sleep(0.4)
    async with spinner("baking"):
        await asyncio.sleep(0.4)
        raise RuntimeError("the oven is cold")


try:
    asyncio.run(main())
except RuntimeError as error:
    print("no bread:", error)
