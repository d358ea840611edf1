import asyncio


async def receive(part, seconds):
    await asyncio.sleep(seconds)
    print(f"part {part}: here")


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(0.8) as deadline:
            for part, seconds in enumerate([0.3, 0.3, 0.3, 5], 1):
                await receive(part, seconds)
                deadline.reschedule(loop.time() + 0.8)
    except TimeoutError:
        print("nothing for 0.8 s")


asyncio.run(main())
