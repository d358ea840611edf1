import asyncio


async def read(letter):
    await asyncio.sleep(0.15)
    if letter == "torn":
        raise ValueError("it is torn")
    await asyncio.sleep(0.15)
    return f"letter {letter}: read"


async def worker(letters):
    while True:
        letter = await letters.get()
        try:
            print(await read(letter))
        except ValueError as error:
            print(f"letter {letter}: {error}")
        finally:
            letters.task_done()


async def main():
    letters = asyncio.Queue()
    for letter in ["A", "B", "torn", "C", "D"]:
        letters.put_nowait(letter)
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(worker(letters)) for _ in range(2)]
        await letters.join()
        for task in workers:
            task.cancel()
    print("main: all letters are done")


try:
    asyncio.run(main())
except* ValueError as errors:
    print("main: gave up,", errors.exceptions[0])
