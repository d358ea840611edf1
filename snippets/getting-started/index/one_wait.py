import asyncio


async def main():
    print("water is on")
    await asyncio.sleep(1)
    print("tea is ready")


asyncio.run(main())
