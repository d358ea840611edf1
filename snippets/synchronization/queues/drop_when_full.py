import asyncio


async def measure(queue):
    for number in range(1, 6):
        await asyncio.sleep(0.2)
        try:
            queue.put_nowait(number)
        except asyncio.QueueFull:
            print(f"sensor: value {number} is dropped")
    await queue.put(None)


async def send(queue):
    while (number := await queue.get()) is not None:
        await asyncio.sleep(0.5)
        print(f"radio: value {number} is sent")


async def main():
    queue = asyncio.Queue(maxsize=1)
    await asyncio.gather(measure(queue), send(queue))


asyncio.run(main())
