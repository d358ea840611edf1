import asyncio
import os
from concurrent.futures import ProcessPoolExecutor


def primes_below(limit):
    count = sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
    return count, os.getpid()


async def greet(done):
    greeted = 0
    while not done.is_set():
        greeted += 1
        await asyncio.sleep(0.02)
    return greeted


async def main():
    done = asyncio.Event()
    greeting = asyncio.create_task(greet(done))
    with ProcessPoolExecutor(1) as pool:
        count, process = await asyncio.get_running_loop().run_in_executor(pool, primes_below, 100_000)
    done.set()
    print(f"{count} primes, counted in {'this' if process == os.getpid() else 'another'} process")
    print("visitors were greeted meanwhile:", "yes" if await greeting > 1 else "no")


if __name__ == "__main__":
    asyncio.run(main())
