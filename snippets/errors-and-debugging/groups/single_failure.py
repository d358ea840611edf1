import asyncio


async def read(station):
    await asyncio.sleep(0.3)
    raise ValueError(f"{station} sends nonsense")


async def read_in_a_group(station):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(read(station))
    except ValueError as error:
        print("in a group, except:", repr(error))


async def main():
    try:
        await read("Oslo")
    except ValueError as error:
        print("alone, except:", repr(error))

    try:
        await read_in_a_group("Cairo")
    except* ValueError as errors:
        print("in a group, except*:", *map(repr, errors.exceptions))

    try:
        await read("Lima")
    except* ValueError as errors:
        print("alone, except*:", *map(repr, errors.exceptions))


asyncio.run(main())
