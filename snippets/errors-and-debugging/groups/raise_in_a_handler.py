# /// script
# requires-python = ">=3.11.4"
# ///
import asyncio


async def fail(error, go):
    await go.wait()
    raise error


async def ask(*failures):
    go = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for error in failures:
            group.create_task(fail(error, go))
        await asyncio.sleep(0.2)
        go.set()


async def forecast(*failures):
    try:
        await ask(*failures)
    except* ValueError as errors:
        raise LookupError("no forecast") from errors


async def main():
    for failures in [ValueError("wind")], [ValueError("wind"), OSError("disk")]:
        try:
            await forecast(*failures)
        except LookupError as error:
            print("a plain error:", repr(error))
        except ExceptionGroup as errors:
            print("a group:", *map(repr, errors.exceptions))


asyncio.run(main())
