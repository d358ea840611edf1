# /// script
# requires-python = ">=3.14"
# [tool.runnable]
# exit = 1
# ///
import asyncio


async def main():
    print("water is on")
    await asyncio.sleep(1)
    print("tea is ready")


loop = asyncio.get_event_loop()
loop.run_until_complete(main())
