import asyncio


async def consume(queue):
    while True:
        guests = await queue.get()
        try:
            await asyncio.sleep(0.2)
            print(f"cake for {guests}: {60 // guests} g each")
        except Exception as error:
            print(f"cake for {guests}: {type(error).__name__}")
        finally:
            queue.task_done()


async def main():
    queue = asyncio.Queue()
    for guests in [5, 0, 4]:
        queue.put_nowait(guests)
    async with asyncio.TaskGroup() as group:
        consumer = group.create_task(consume(queue))
        await queue.join()
        print("main: all cakes are cut")
        consumer.cancel()


asyncio.run(main())
