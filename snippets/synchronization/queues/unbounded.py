import asyncio


async def produce(queue):
    for number in range(1, 7):
        await asyncio.sleep(0.1)
        await queue.put(number)
    print(f"camera: done, {queue.qsize()} photos wait")
    await queue.put(None)


async def consume(queue):
    while (number := await queue.get()) is not None:
        await asyncio.sleep(0.3)
        print(f"printer: photo {number}")


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(produce(queue), consume(queue))


asyncio.run(main())
