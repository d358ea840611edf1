import asyncio
import time


async def resize(picture, seconds):
    print(f"{picture}: begins")
    time.sleep(seconds)
    print(f"{picture}: done")


async def main():
    asyncio.get_running_loop().slow_callback_duration = 0.2
    async with asyncio.TaskGroup() as group:
        group.create_task(resize("small.png", 0.01), name="small")
        group.create_task(resize("large.png", 0.6), name="large")


asyncio.run(main(), debug=True)
