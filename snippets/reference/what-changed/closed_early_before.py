# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


async def numbers():
    async with asyncio.TaskGroup():
        yield 1
        yield 2


async def main():
    generator = numbers()
    print("first:", await anext(generator))
    try:
        await generator.aclose()
        print("closed early")
    except BaseExceptionGroup as errors:
        print(repr(errors))


asyncio.run(main())
