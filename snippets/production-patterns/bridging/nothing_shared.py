# /// script
# requires-python = ">=3.14"
# ///
import asyncio
from concurrent.futures import InterpreterPoolExecutor, ThreadPoolExecutor

visitors = []


def register(name):
    visitors.append(name)
    return visitors


async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:
        there = await loop.run_in_executor(pool, register, "Ana")
        print(f"by a thread: there {there}, here {visitors}")
    with InterpreterPoolExecutor() as pool:
        there = await loop.run_in_executor(pool, register, "Ben")
        print(f"by an interpreter: there {there}, here {visitors}")


if __name__ == "__main__":
    asyncio.run(main())
