import asyncio
from contextvars import ContextVar

deadline = ContextVar("deadline")


def left():
    return deadline.get() - asyncio.get_running_loop().time()


async def ask(service, seconds, needs):
    if left() < needs:
        raise TimeoutError(f"too late to ask {service}")
    print(f"{service}: begins")
    async with asyncio.timeout_at(deadline.get()):
        await asyncio.sleep(seconds)
    print(f"{service}: done")


async def handle(patience):
    deadline.set(asyncio.get_running_loop().time() + patience)
    try:
        await ask("login", 0.6, needs=0.5)
        await ask("basket", 0.6, needs=0.5)
        await ask("prices", 0.6, needs=0.5)
    except TimeoutError as error:
        print(error)


asyncio.run(handle(1.5))
