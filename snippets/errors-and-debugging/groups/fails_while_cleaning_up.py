import asyncio


async def download(page, seconds):
    await asyncio.sleep(seconds)
    raise ConnectionError(f"{page}: no connection")


async def edit(document):
    try:
        await asyncio.sleep(5)
    finally:
        print(f"{document}: is to be saved")
        raise PermissionError(f"{document}: may not be written")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(download("news", 0.3))
            group.create_task(edit("letter"))
    except* OSError as errors:
        for error in errors.exceptions:
            print("main:", repr(error))


asyncio.run(main())
