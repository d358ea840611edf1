import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def make_report(number):
    time.sleep(0.3 + 0.3 * number)
    print("report", number, "is made")


def look_up(name):
    return f"{name} is found"


async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="reports")
    reports = asyncio.gather(
        loop.run_in_executor(pool, make_report, 1),
        loop.run_in_executor(pool, make_report, 2),
    )
    await asyncio.sleep(0.1)
    print("looking up Ana")
    print(await asyncio.to_thread(look_up, "Ana"))
    await reports
    pool.shutdown()


asyncio.run(main())
