import asyncio


async def work(name, queue):
    while True:
        photo, seconds = await queue.get()
        await asyncio.sleep(seconds)
        print(f"worker {name}: {photo} is printed")
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    for job in [("lake", 0.7), ("forest", 0.2), ("summit", 0.2), ("hut", 0.4)]:
        queue.put_nowait(job)
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(work(name, queue)) for name in "AB"]
        await queue.join()
        print("main: every photo is printed")
        for worker in workers:
            worker.cancel()


asyncio.run(main())
