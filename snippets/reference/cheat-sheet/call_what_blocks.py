import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def grind(what):
    time.sleep(0.2)
    return f"{what} is ground"


# --8<-- [start:recipe]
async def main():
    print(await asyncio.to_thread(grind, "coffee"))

    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:  # or ProcessPoolExecutor
        print(await loop.run_in_executor(pool, grind, "mint"))


# --8<-- [end:recipe]


asyncio.run(main())
