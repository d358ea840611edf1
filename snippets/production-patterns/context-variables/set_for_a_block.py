# /// script
# requires-python = ">=3.14"
# ///
import asyncio
from contextvars import ContextVar

language = ContextVar("language", default="English")


async def greet():
    await asyncio.sleep(0.1)
    print("greeting in", language.get())


async def main():
    with language.set("German"):
        await greet()
    await greet()


asyncio.run(main())
