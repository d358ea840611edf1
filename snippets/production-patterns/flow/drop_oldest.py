import asyncio


def offer(queue, news):
    if queue.full():
        print("    dropped:", queue.get_nowait())
    queue.put_nowait(news)


async def listen(name, queue, seconds):
    while True:
        print(f"{name} hears: {await queue.get()}")
        await asyncio.sleep(seconds)


async def main():
    queues = [asyncio.Queue(1), asyncio.Queue(1)]
    listeners = [
        asyncio.create_task(listen("Ana", queues[0], 0)),
        asyncio.create_task(listen("  Ben", queues[1], 0.75)),
    ]
    for number in range(1, 6):
        for queue in queues:
            offer(queue, f"news {number}")
        await asyncio.sleep(0.3)
    await asyncio.sleep(0.3)
    for listener in listeners:
        listener.cancel()


asyncio.run(main())
