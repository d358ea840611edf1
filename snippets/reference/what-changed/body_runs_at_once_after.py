# /// script
# requires-python = ">=3.12"
# ///
import asyncio


async def greet():
    print("the task has begun")


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(greet())
    print("create_task has returned")
    await task


try:
    asyncio.run(main())
except AttributeError as error:
    print(f"{type(error).__name__}: {error}")
