import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    return f"{dish} is ready"


# --8<-- [start:recipe]
async def work(queue):
    while True:
        order = await queue.get()
        try:
            print(await cook(order, 0.2))
        finally:
            queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)  # full: put waits
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(work(queue)) for _ in range(2)]
        for order in ("soup", "bread", "stew"):
            await queue.put(order)
        await queue.join()
        for task in workers:
            task.cancel()


# --8<-- [end:recipe]


asyncio.run(main())
