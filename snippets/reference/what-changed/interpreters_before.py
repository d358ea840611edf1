# /// script
# requires-python = "==3.11.*"
# ///
import asyncio
import concurrent.futures


async def main():
    loop = asyncio.get_running_loop()
    with concurrent.futures.InterpreterPoolExecutor(max_workers=1) as pool:
        print("computed elsewhere:", await loop.run_in_executor(pool, sum, [1, 2, 3]))


try:
    asyncio.run(main())
except AttributeError as error:
    print(f"{type(error).__name__}: {error}")
