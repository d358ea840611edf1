import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, print, "timer: 0.3")
    loop.call_later(0.1, print, "timer: 0.1")
    loop.call_soon(print, "soon")
    print("main: keeps the loop for itself")
    time.sleep(0.5)
    print("main: lets go")
    await asyncio.sleep(0.2)
    print("main: goes on")


asyncio.run(main())
