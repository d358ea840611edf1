import asyncio


async def work(job):
    await asyncio.sleep(0.2)
    if job == "a torn letter":
        raise ValueError("cannot be read")
    print("scanned", job)


async def worker(jobs, failed):
    while True:
        job = await jobs.get()
        try:
            await work(job)
        except Exception as error:
            failed.append((job, error))
        finally:
            jobs.task_done()


async def main():
    jobs, failed = asyncio.Queue(), []
    for job in ["a letter", "a torn letter", "a postcard"]:
        jobs.put_nowait(job)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(worker(jobs, failed))
        await jobs.join()
        task.cancel()
    for job, error in failed:
        print(f"to be looked at: {job} {error}")


asyncio.run(main())
