import asyncio


def report(task):
    if not task.cancelled() and (error := task.exception()):
        print(f"{task.get_name()} failed: {error}")


async def copy(folder, seconds):
    await asyncio.sleep(seconds)
    if folder == "photos":
        raise OSError("disk full")
    print(f"{folder}: copied")


async def main():
    background = [
        asyncio.create_task(copy("mail", 0.8), name="copy mail"),
        asyncio.create_task(copy("photos", 0.3), name="copy photos"),
    ]
    for task in background:
        task.add_done_callback(report)
    print("main:", len(background), "tasks in the background")
    await asyncio.sleep(1.3)
    print("main: ends")


asyncio.run(main())
