import asyncio
import time


async def resize(picture, seconds):
    print(f"{picture}: begins")
    time.sleep(seconds)
    print(f"{picture}: done")


async def main():
    asyncio.get_running_loop().slow_callback_duration = 0.5
    async with asyncio.TaskGroup() as group:
        group.create_task(resize("small.png", 0), name="small")
        group.create_task(resize("large.png", 0.8), name="large")


asyncio.run(main(), debug=True)
