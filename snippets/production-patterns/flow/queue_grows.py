import asyncio


async def worker(name, jobs):
    while True:
        job, seconds = await jobs.get()
        await asyncio.sleep(seconds)
        print(f"{name}: did {job}")
        jobs.task_done()


async def main():
    jobs = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(worker(name, jobs)) for name in "AB"]
        for job, seconds in enumerate([0.2, 0.4, 0.4, 0.4, 0.4, 0.4], 1):
            await jobs.put((job, seconds))
            print(f"handed out {job}, waiting: {jobs.qsize()}")
        await jobs.join()
        for task in workers:
            task.cancel()


asyncio.run(main())
