# /// script
# requires-python = ">=3.14"
# ///

import asyncio


async def fetch(city):
    print(f"{city}: request sent")
    await asyncio.sleep(0.3)
    print(f"{city}: answer here")


async def main():
    print("main: creates a task")
    oslo = asyncio.create_task(fetch("Oslo"))
    print("main: creates an eager task")
    lima = asyncio.create_task(fetch("Lima"), eager_start=True)
    print("main: awaits both")
    await oslo
    await lima


asyncio.run(main())
