import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context

visitor = ContextVar("visitor", default="nobody")


def save(how):
    print(f"{how}: for {visitor.get()}")


async def main():
    visitor.set("Ana")
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:
        await asyncio.to_thread(save, "to_thread")
        await loop.run_in_executor(pool, save, "run_in_executor")
        await loop.run_in_executor(pool, copy_context().run, save, "a copy")


asyncio.run(main())
