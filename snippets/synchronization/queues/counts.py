import asyncio


async def main():
    queue = asyncio.Queue()
    queue.put_nowait("lake")
    print(await queue.get())
    try:
        async with asyncio.timeout(0.5):
            await queue.join()
    except TimeoutError:
        print("taken out, but not reported done: join waits")
    queue.task_done()
    await queue.join()
    print("reported done: join returns")
    try:
        queue.task_done()
    except ValueError as error:
        print("ValueError:", error)


asyncio.run(main())
