import asyncio


async def measure():
    await asyncio.sleep(0.1)
    print("measured")


async def main():
    print("every 0.3 s, measure")
    loop = asyncio.get_running_loop()
    begin = loop.time()
    for beat in range(1, 5):
        await measure()
        await asyncio.sleep(begin + beat * 0.3 - loop.time())


asyncio.run(main())
