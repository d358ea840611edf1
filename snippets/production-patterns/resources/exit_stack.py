import asyncio
from contextlib import AsyncExitStack, asynccontextmanager


@asynccontextmanager
async def microphone(speaker):
    await asyncio.sleep(0.1)
    print(f"{speaker}: on")
    try:
        yield speaker
    finally:
        await asyncio.sleep(0.1)
        print(f"{speaker}: off")


async def discuss(speakers):
    async with AsyncExitStack() as stack:
        stack.callback(print, "lights out")
        for speaker in speakers:
            await stack.enter_async_context(microphone(speaker))
        await asyncio.sleep(0.2)
        print(len(speakers), "people discuss")


async def main():
    await discuss(["Ana", "Ben", "Cleo"])


asyncio.run(main())
