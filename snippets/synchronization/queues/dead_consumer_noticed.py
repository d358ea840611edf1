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
    try:
        async with asyncio.TaskGroup() as group:
            consumer = group.create_task(consume(queue))
            await queue.join()
            consumer.cancel()
    except* ZeroDivisionError as errors:
        print(f"main: the consumer died of {type(errors.exceptions[0]).__name__}")


asyncio.run(main())
