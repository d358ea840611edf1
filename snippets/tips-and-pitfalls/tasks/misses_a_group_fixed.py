import asyncio


async def read(text):
    await asyncio.sleep(0.2)
    return int(text)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(read("12"))
            group.create_task(read("twelve"))
    except* ValueError:
        print("main: that is no number")
    print("main: goes on")


asyncio.run(main())
