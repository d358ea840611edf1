import asyncio
import os
import signal


async def cook(dish, seconds):
    try:
        await asyncio.sleep(seconds)
        print(f"{dish}: served")
    except asyncio.CancelledError:
        print(f"{dish}: thrown away")
        raise


async def main():
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.call_later(0.3, os.kill, os.getpid(), signal.SIGTERM)

    menu = {"soup": 0.5, "roast": 0.9, "cake": 5}
    dishes = [asyncio.create_task(cook(*dish)) for dish in menu.items()]
    await stop.wait()
    print("closing")
    for dish in dishes:
        dish.cancel()
    await asyncio.wait(dishes)
    print("closed")


asyncio.run(main())
