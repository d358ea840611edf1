import asyncio


async def read(station, error):
    await asyncio.sleep(0.3)
    raise error(station)


async def region(stations):
    async with asyncio.TaskGroup() as group:
        for station, error in stations.items():
            group.create_task(read(station, error))


def leaves(errors):
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from leaves(error)
        else:
            yield error


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(region({"Oslo": ConnectionError}))
            group.create_task(region({"Lima": ValueError}))
    except* ConnectionError as errors:
        print("as it comes:", repr(errors))
        print("its leaves:", list(leaves(errors)))
    except* ValueError as errors:
        print("the rest:", list(leaves(errors)))


asyncio.run(main())
