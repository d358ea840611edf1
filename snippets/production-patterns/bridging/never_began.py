import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def copy(file):
    print(file, "begins")
    time.sleep(0.8)
    print(file, "ends")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(max_workers=1))
    calls = [asyncio.to_thread(copy, file) for file in ("photos", "mail")]
    jobs = [asyncio.create_task(call) for call in calls]
    await asyncio.sleep(0.3)
    for job in jobs:
        job.cancel()
    await asyncio.wait(jobs)
    print("both are cancelled:", all(job.cancelled() for job in jobs))


asyncio.run(main())
