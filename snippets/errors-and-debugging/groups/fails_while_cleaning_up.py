import asyncio


async def download(page, seconds):
    try:
        await asyncio.sleep(seconds)
        raise ConnectionError(f"{page}: no connection")
    except asyncio.CancelledError:
        print(f"{page}: cancelled, deletes what it has")
        if page == "photos":
            raise PermissionError(f"{page}: may not delete") from None
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(download("news", 0.3))
            group.create_task(download("photos", 5))
            group.create_task(download("map", 5))
    except* OSError as errors:
        for error in errors.exceptions:
            print("main:", repr(error))


asyncio.run(main())
