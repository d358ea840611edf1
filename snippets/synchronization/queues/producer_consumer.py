import asyncio


async def produce(queue):
    for photo in ["lake", "forest", "summit"]:
        await asyncio.sleep(0.2)
        print(f"camera: {photo}")
        await queue.put(photo)


async def consume(queue):
    for _ in range(3):
        photo = await queue.get()
        await asyncio.sleep(0.3)
        print(f"printer: {photo} is printed")


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(produce(queue), consume(queue))


asyncio.run(main())
