import asyncio
from contextvars import ContextVar

visitor = ContextVar("visitor")


def log(text):
    print(f"[{visitor.get()}] {text}")


async def load_basket():
    await asyncio.sleep(0.2)
    log("basket loaded")


async def handle(name):
    visitor.set(name)
    log("arrived")
    await load_basket()


async def main():
    await asyncio.gather(handle("Ana"), handle("Ben"))


asyncio.run(main())
