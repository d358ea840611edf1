import asyncio


async def copy_photos():
    print("photos: copying")
    try:
        await asyncio.sleep(2)
        print("photos: copied")
    finally:
        print("photos: tidying up")


async def main():
    task = asyncio.create_task(copy_photos())
    await asyncio.sleep(0.5)
    print("main: returns, photos done:", task.done())


asyncio.run(main())
