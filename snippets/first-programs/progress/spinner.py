import asyncio
import itertools


async def spin(text):
    for mark in itertools.cycle("-\\|/"):
        print(f"{text} {mark}", end="\r", flush=True)
        await asyncio.sleep(0.25)


async def bake():
    await asyncio.sleep(0.9)
    return "a loaf of bread"


async def main():
    spinner = asyncio.create_task(spin("baking"))
    result = await bake()
    spinner.cancel()
    print(f"baked: {result}")


asyncio.run(main())
