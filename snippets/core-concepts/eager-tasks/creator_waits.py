# /// script
# requires-python = ">=3.14"
# ///

import asyncio
import time


async def resize(photo):
    time.sleep(0.3)
    print(f"{photo}: resized")
    await asyncio.sleep(0.2)
    print(f"{photo}: uploaded")


async def main():
    async with asyncio.TaskGroup() as group:
        for photo in ["beach", "forest"]:
            group.create_task(resize(photo), eager_start=True)
            print(f"main: task for {photo} created")


asyncio.run(main())
