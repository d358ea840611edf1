import asyncio
import os
from concurrent.futures import ProcessPoolExecutor


def is_prime(number):
    return all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def count_primes(below):
    return sum(map(is_prime, range(2, below))), os.getpid()


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(max_workers=2) as pool:
        first = loop.run_in_executor(pool, count_primes, 10_000)
        second = loop.run_in_executor(pool, count_primes, 20_000)
        results = await asyncio.gather(first, second)
    for primes, process in results:
        print(primes, "primes, counted here:", process == os.getpid())


if __name__ == "__main__":
    asyncio.run(main())
