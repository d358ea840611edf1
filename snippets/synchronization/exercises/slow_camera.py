import asyncio


async def camera(queue):
    for number in range(1, 5):
        await asyncio.sleep(0.1)
        await queue.put(number)
        print(f"camera: photo {number}")
    await queue.put(None)


async def printer(queue):
    while (number := await queue.get()) is not None:
        await asyncio.sleep(0.4)
        print(f"printer: photo {number}")


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(camera(queue), printer(queue))


asyncio.run(main())
