import asyncio
import logging

# Debug mode also warns of slow steps, of which a busy machine has many. Errors only, please.
logging.getLogger("asyncio").setLevel(logging.ERROR)


async def save(order):
    await asyncio.sleep(0.2)
    raise OSError("disk full")


def accept(order):
    return asyncio.create_task(save(order))


async def main():
    saving = accept("order 7")
    await asyncio.sleep(0.6)
    print("main: the task is done:", saving.done())


asyncio.run(main(), debug=True)
