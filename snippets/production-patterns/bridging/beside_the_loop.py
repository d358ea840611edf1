import asyncio
import threading
import time


def read_sensor(name):
    time.sleep(0.5)
    return f"{name}: 21 degrees, read in {threading.current_thread().name}"


async def tick():
    for number in range(1, 5):
        print("tick", number)
        await asyncio.sleep(0.2)


async def main():
    ticking = asyncio.create_task(tick())
    print(await asyncio.to_thread(read_sensor, "kitchen"))
    await ticking


asyncio.run(main())
