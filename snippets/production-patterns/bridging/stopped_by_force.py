# /// script
# requires-python = ">=3.14"
# ///
import asyncio
import time
from concurrent.futures import ProcessPoolExecutor


def calculate():
    while True:
        time.sleep(1)


async def main():
    loop = asyncio.get_running_loop()
    pool = ProcessPoolExecutor(max_workers=1)
    try:
        async with asyncio.timeout(0.5):
            await loop.run_in_executor(pool, calculate)
    except TimeoutError:
        print("the time is up")
        pool.kill_workers()
    print("the process is gone")


if __name__ == "__main__":
    asyncio.run(main())
