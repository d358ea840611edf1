import asyncio


async def main():
    queue = asyncio.Queue()
    asyncio.get_running_loop().call_later(0.9, queue.put_nowait, "lake")
    photo = None
    while photo is None:
        try:
            async with asyncio.timeout(0.6):
                photo = await queue.get()
        except TimeoutError:
            print("nothing yet")
    print(f"got {photo}, and {queue.qsize()} are left")


asyncio.run(main())
