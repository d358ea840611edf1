import asyncio


async def measure(probe):
    print(f"{probe}: switched on")
    try:
        await asyncio.sleep(1.5)
    finally:
        print(f"{probe}: switched off")
    return 21


async def main():
    try:
        async with asyncio.timeout(0.5):
            degrees = await measure("probe 1")
        print(f"main: {degrees} degrees")
    except TimeoutError:
        print("main: too slow")


asyncio.run(main())
