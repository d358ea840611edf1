import asyncio


async def receive(part, seconds):
    await asyncio.sleep(seconds)
    print(f"part {part}: here")


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(0.5) as deadline:
            for part, seconds in enumerate([0.3, 0.3, 0.3, 5], 1):
                await receive(part, seconds)
                deadline.reschedule(loop.time() + 0.5)
    except TimeoutError:
        print("nothing for half a second")


asyncio.run(main())
