import asyncio


async def read(station):
    await asyncio.sleep(0.3)
    raise ConnectionError(f"{station} does not answer")


async def average(stations):
    failed = False
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(read(station)) for station in stations]
    except* ConnectionError as errors:
        print("no average:", *errors.exceptions)
        failed = True
    if failed:
        return None
    return sum(task.result() for task in tasks) / len(tasks)


print(asyncio.run(average(["Oslo"])))
