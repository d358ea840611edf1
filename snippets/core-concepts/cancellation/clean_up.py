import asyncio


async def copy(file):
    print(f"{file}: opened")
    try:
        await asyncio.sleep(1)
        print(f"{file}: copied")
    finally:
        print(f"{file}: closed")


async def back_up(folder):
    try:
        await copy(f"{folder}/1.png")
        await copy(f"{folder}/2.png")
    except asyncio.CancelledError:
        print(f"{folder}: deleting the half copy")
        await asyncio.sleep(0.3)
        print(f"{folder}: deleted")
        raise


async def main():
    task = asyncio.create_task(back_up("photos"))
    await asyncio.sleep(0.5)
    print("main: cancels")
    task.cancel()
    await asyncio.wait([task])
    print("main: goes on, cancelled:", task.cancelled())


asyncio.run(main())
