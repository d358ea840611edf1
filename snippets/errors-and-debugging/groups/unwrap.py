import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def task_group():
    try:
        async with asyncio.TaskGroup() as group:
            yield group
    except BaseExceptionGroup as errors:
        if len(errors.exceptions) > 1:
            raise
        raise errors.exceptions[0] from errors


async def read(station):
    await asyncio.sleep(0.3)
    raise ValueError(f"{station} sends nonsense")


async def main():
    try:
        async with task_group() as group:
            group.create_task(read("Oslo"))
    except ValueError as error:
        print("a single error:", repr(error))


asyncio.run(main())
