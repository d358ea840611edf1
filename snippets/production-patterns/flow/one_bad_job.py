import asyncio


async def work(job):
    await asyncio.sleep(0.2)
    if job == "a torn letter":
        raise ValueError("cannot be read")
    print("scanned", job)


async def worker(jobs):
    while True:
        await work(await jobs.get())
        jobs.task_done()


async def main():
    jobs = asyncio.Queue()
    for job in ["a letter", "a torn letter", "a postcard"]:
        jobs.put_nowait(job)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(worker(jobs))
        await jobs.join()
        task.cancel()


try:
    asyncio.run(main())
except* ValueError as errors:
    print("the pool broke down:", errors.exceptions)
