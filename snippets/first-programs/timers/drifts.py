import asyncio


async def measure():
    await asyncio.sleep(0.1)
    print("measured")


async def main():
    print("every 0.3 s, measure")
    for _ in range(4):
        await measure()
        await asyncio.sleep(0.3)


asyncio.run(main())
