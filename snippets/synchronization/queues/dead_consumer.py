import asyncio


async def consume(queue):
    while True:
        guests = await queue.get()
        await asyncio.sleep(0.2)
        print(f"cake for {guests}: {60 // guests} g each")
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    for guests in [5, 0, 4]:
        queue.put_nowait(guests)
    consumer = asyncio.create_task(consume(queue))
    try:
        async with asyncio.timeout(1):
            await queue.join()
    except TimeoutError:
        print("main: gives up, although join would wait on")
    print(f"waiting in the queue: {queue.qsize()}")
    print(f"consumer: died of {type(consumer.exception()).__name__}")


asyncio.run(main())
