import asyncio
import time


def copy(name):
    print(f"{name}: the thread begins")
    time.sleep(0.6)
    print(f"{name}: the thread ends")


async def copy_alone(lock, name):
    async with lock:
        await asyncio.to_thread(copy, name)


async def main():
    lock = asyncio.Lock()
    first = asyncio.create_task(copy_alone(lock, "photos"))
    await asyncio.sleep(0.3)
    first.cancel()
    await copy_alone(lock, "mail")


asyncio.run(main())
