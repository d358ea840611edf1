import asyncio


async def back_up(folder):
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{folder}: deleting the half copy")
        await asyncio.sleep(0.3)
        print(f"{folder}: deleted")


async def main():
    task = asyncio.create_task(back_up("photos"))
    for pause in 0.3, 0.1:
        await asyncio.sleep(pause)
        print("main: cancels")
        task.cancel()
    await asyncio.wait([task])
    print("main: goes on, cancelled:", task.cancelled())


asyncio.run(main())
