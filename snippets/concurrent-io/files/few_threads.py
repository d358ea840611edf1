import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def read_from_slow_disk(name):
    time.sleep(0.4)
    return name


async def read(name):
    print(await asyncio.to_thread(read_from_slow_disk, name), "is read")


async def main():
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))
    first = asyncio.create_task(read("a large file"))
    await asyncio.sleep(0.1)
    print("wants a small file")
    await asyncio.gather(first, read("a small file"))


asyncio.run(main())
