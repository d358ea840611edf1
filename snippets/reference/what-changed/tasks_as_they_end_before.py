# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


async def main():
    soup = asyncio.create_task(asyncio.sleep(0.5), name="soup")
    bread = asyncio.create_task(asyncio.sleep(0.2), name="bread")
    async for task in asyncio.as_completed([soup, bread]):
        print(f"{task.get_name()} is ready")


try:
    asyncio.run(main())
except TypeError as error:
    print(f"{type(error).__name__}: {error}")
