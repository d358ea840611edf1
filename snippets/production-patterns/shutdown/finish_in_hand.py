import asyncio
import os
import signal


async def take_orders(orders):
    for number in range(1, 100):
        await orders.put(number)
        print("order", number, "taken")
        if number == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.3)


async def cook(name, orders):
    while True:
        number = await orders.get()
        await asyncio.sleep(0.9)
        print(f"  {name}: order {number} done")
        orders.task_done()


async def main():
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in signal.SIGINT, signal.SIGTERM:
        loop.add_signal_handler(number, stop.set)

    orders = asyncio.Queue(maxsize=2)
    async with asyncio.TaskGroup() as group:
        taking = group.create_task(take_orders(orders))
        cooks = [group.create_task(cook(name, orders)) for name in ["Ana", "Ben"]]
        await stop.wait()
        print("closing: no more orders")
        taking.cancel()
        await orders.join()
        for task in cooks:
            task.cancel()
    print("closed")


asyncio.run(main())
