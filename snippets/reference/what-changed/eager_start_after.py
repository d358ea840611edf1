# /// script
# requires-python = ">=3.14"
# ///
import asyncio


async def greet():
    print("the task has begun")


async def main():
    task = asyncio.create_task(greet(), eager_start=True)
    print("create_task has returned")
    await task


try:
    asyncio.run(main())
except TypeError as error:
    print(f"{type(error).__name__}: {error}")
