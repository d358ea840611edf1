import asyncio


async def back_up(folder):
    print(f"{folder}: begins")
    try:
        await asyncio.sleep(1)
        print(f"{folder}: done")
    except asyncio.CancelledError:
        print(f"{folder}: CancelledError, raised by the await")
        raise


async def main():
    task = asyncio.create_task(back_up("photos"))
    await asyncio.sleep(0.3)
    task.cancel()
    print("main: has called cancel, cancelled:", task.cancelled())
    try:
        await task
    except asyncio.CancelledError:
        print("main: has awaited it, cancelled:", task.cancelled())


asyncio.run(main())
