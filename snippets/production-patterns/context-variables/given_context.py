import asyncio
from contextvars import ContextVar, copy_context

visitor = ContextVar("visitor", default="nobody")


async def log_in(name):
    await asyncio.sleep(0.1)
    visitor.set(name)


async def main():
    context = copy_context()
    await asyncio.create_task(log_in("Ana"), context=context)
    print("in main:", visitor.get())
    print("in the context:", context[visitor])


asyncio.run(main())
