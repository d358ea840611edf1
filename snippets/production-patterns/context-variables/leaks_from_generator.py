import asyncio
from contextvars import ContextVar

language = ContextVar("language", default="English")


async def phrases():
    token = language.set("German")
    yield "guten Tag"
    await asyncio.sleep(0.1)
    language.reset(token)
    yield "good day"


async def main():
    async for phrase in phrases():
        print(f"{phrase}: {language.get()}")


asyncio.run(main())
