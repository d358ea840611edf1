import asyncio


async def download(mirror, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{mirror}: called off")
        raise
    print(f"{mirror}: complete")
    return mirror


async def main():
    tasks = [
        asyncio.create_task(download("Oslo", 0.9)),
        asyncio.create_task(download("Lima", 0.3)),
        asyncio.create_task(download("Perth", 1.5)),
    ]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print(f"using the copy from {done.pop().result()}")


asyncio.run(main())
