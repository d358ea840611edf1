import asyncio


async def produce(queue):
    most = 0
    for _ in range(2):
        for _ in range(4):  # four photos in a burst, then a rest
            await queue.put("photo")
            most = max(most, queue.qsize())
        await asyncio.sleep(0.2)
    await queue.put(None)
    return most


async def consume(queue):
    while await queue.get() is not None:
        await asyncio.sleep(0.04)


async def main():
    for maxsize in [1, 4, 100]:
        print(f"maxsize {maxsize}: begins")
        queue = asyncio.Queue(maxsize)
        most, _ = await asyncio.gather(produce(queue), consume(queue))
        print(f"maxsize {maxsize}: done, at most {most} waited")


asyncio.run(main())
