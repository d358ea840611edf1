import asyncio
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


async def main():
    loop = asyncio.get_running_loop()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        try:
            print(await loop.run_in_executor(pool, pow, 2, 10))
        except BrokenProcessPool:
            print("the process of the pool has died")


try:
    asyncio.run(main())
except RuntimeError as error:
    sys.exit(" ".join(str(error).partition(".")[0].split()))
