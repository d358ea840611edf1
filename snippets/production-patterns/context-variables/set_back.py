import asyncio
from contextvars import ContextVar

language = ContextVar("language", default="English")


async def greet():
    await asyncio.sleep(0.1)
    print("greeting in", language.get())


async def main():
    token = language.set("German")
    try:
        await greet()
    finally:
        language.reset(token)
    await greet()


asyncio.run(main())
