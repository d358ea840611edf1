import asyncio


async def measure(probe):
    print(f"{probe}: switched on")
    await asyncio.sleep(1.5)
    print(f"{probe}: switched off")
    return 21


async def main():
    try:
        degrees = await measure("probe 1")
        print(f"main: {degrees} degrees")
    except TimeoutError:
        print("main: too slow")


asyncio.run(main())
