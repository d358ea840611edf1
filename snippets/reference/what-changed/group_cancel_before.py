# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(3600))
            group.cancel()
        print("the group is over, without an error")
    except* AttributeError as errors:
        print("AttributeError:", errors.exceptions[0])


asyncio.run(main())
