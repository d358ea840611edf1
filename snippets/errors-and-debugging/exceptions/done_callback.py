import asyncio
import logging

logging.basicConfig(format="%(levelname)s: %(message)s")
background = set()


def report(task):
    background.discard(task)
    if not task.cancelled() and (error := task.exception()):
        logging.error("%s failed: %r", task.get_name(), error)


def in_background(coroutine, name):
    task = asyncio.create_task(coroutine, name=name)
    background.add(task)
    task.add_done_callback(report)


async def save(order):
    await asyncio.sleep(0.2)
    if order == 7:
        raise OSError("disk full")
    print(f"order {order} is saved")


async def main():
    for order in (6, 7):
        in_background(save(order), f"saving order {order}")
    await asyncio.sleep(0.6)
    print("main: all is well")


asyncio.run(main())
