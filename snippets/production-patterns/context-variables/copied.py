import asyncio
from contextvars import ContextVar

language = ContextVar("language", default="English")


async def switch(to):
    print("  switch: was", language.get())
    language.set(to)
    print("  switch: now", language.get())


async def main():
    language.set("German")

    task = asyncio.create_task(switch("French"))
    language.set("Dutch")
    await task
    print("after the task:", language.get())

    await switch("Polish")
    print("after the await:", language.get())


asyncio.run(main())
