import asyncio


async def print_labels(way):
    await asyncio.sleep(0.3)
    raise OSError(f"{way}: out of paper")


async def main():
    try:
        await print_labels("awaited")
    except OSError as error:
        print("caught", error)

    try:
        await asyncio.gather(print_labels("gathered"), asyncio.sleep(0.1))
    except OSError as error:
        print("caught", error)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(print_labels("in a group"))
    except* OSError as errors:
        print("caught a group:", *errors.exceptions)

    task = asyncio.create_task(print_labels("a task of its own"))
    await asyncio.sleep(0.7)
    print("main: nothing to be caught, the task is done:", task.done())


asyncio.run(main())
