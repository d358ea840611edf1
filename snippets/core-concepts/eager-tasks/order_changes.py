# /// script
# requires-python = ">=3.14"
# ///

import asyncio


async def pack(thing):
    print(f"  {thing}: begins")
    await asyncio.sleep(0)
    print(f"  {thing}: goes on")


async def trip(eager):
    async with asyncio.TaskGroup() as group:
        for thing in ["tent", "map"]:
            group.create_task(pack(thing), eager_start=eager)
            print(f"  {thing}: task created")


async def main():
    print("lazy")
    await trip(eager=False)
    print("eager")
    await trip(eager=True)


asyncio.run(main())
