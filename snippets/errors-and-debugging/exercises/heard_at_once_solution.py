import asyncio

tasks = set()


def report(task):
    tasks.discard(task)
    if not task.cancelled() and (error := task.exception()):
        print(f"{task.get_name()} failed: {error}")


def in_background(coroutine, name):
    task = asyncio.create_task(coroutine, name=name)
    tasks.add(task)
    task.add_done_callback(report)


async def copy(folder, seconds):
    await asyncio.sleep(seconds)
    if folder == "photos":
        raise OSError("disk full")
    print(f"{folder}: copied")


async def main():
    in_background(copy("mail", 0.6), "copy mail")
    in_background(copy("photos", 0.3), "copy photos")
    await asyncio.sleep(1)
    print("main: ends")


asyncio.run(main())
