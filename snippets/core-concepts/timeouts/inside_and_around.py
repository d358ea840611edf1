import asyncio


async def main():
    try:
        async with asyncio.timeout(0.6):
            try:
                await asyncio.sleep(0.8)
            except TimeoutError:
                print("inside the block: TimeoutError")
            except asyncio.CancelledError:
                print("inside the block: CancelledError")
                raise
    except TimeoutError:
        print("around the block: TimeoutError")


asyncio.run(main())
