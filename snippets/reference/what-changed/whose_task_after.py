# /// script
# requires-python = ">=3.12"
# ///
import asyncio


async def measure():
    print("measure runs in:", asyncio.current_task().get_name())


async def main():
    asyncio.current_task().set_name("the task of main")
    await asyncio.wait_for(measure(), timeout=1)


asyncio.run(main())
