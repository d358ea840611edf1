# /// script
# requires-python = ">=3.12"
# ///

import asyncio


async def fetch(city):
    print(f"{city}: request sent")
    await asyncio.sleep(0.3)
    print(f"{city}: answer here")


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch("Oslo"))
        print("main: first task created")
        group.create_task(fetch("Lima"))
        print("main: second task created")


asyncio.run(main())
