import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def copy(file):
    print(file, "begins")
    time.sleep(0.4)
    print(file, "ends")


async def main():
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))
    jobs = [asyncio.create_task(asyncio.to_thread(copy, file)) for file in ("photos", "mail")]
    await asyncio.sleep(0.2)
    for job in jobs:
        job.cancel()
    await asyncio.wait(jobs)
    print("both are cancelled:", all(job.cancelled() for job in jobs))


asyncio.run(main())
