import asyncio
from contextvars import ContextVar

shared = ContextVar("shared")
own = ContextVar("own")


async def handle(name):
    shared.get().append(name)
    own.set([*own.get(), name])
    await asyncio.sleep(0.1)
    print(f"{name}: shared {shared.get()}, own {own.get()}")


async def main():
    shared.set([])
    own.set([])
    await asyncio.gather(handle("Ana"), handle("Ben"))
    print(f"main: shared {shared.get()}, own {own.get()}")


asyncio.run(main())
