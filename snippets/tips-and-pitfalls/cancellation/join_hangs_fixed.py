import asyncio


async def work(queue):
    while True:
        file = await queue.get()
        try:
            await asyncio.sleep(0.2)
            if file == "b.txt":
                raise OSError(f"{file}: cannot be read")
            print(f"{file}: counted")
        except OSError as error:
            print(error)
        finally:
            queue.task_done()


async def main():
    queue = asyncio.Queue()
    for file in ("a.txt", "b.txt", "c.txt"):
        queue.put_nowait(file)
    worker = asyncio.create_task(work(queue))
    async with asyncio.timeout(1.2):
        await queue.join()
    print("main: all files are dealt with")
    worker.cancel()


asyncio.run(main())
