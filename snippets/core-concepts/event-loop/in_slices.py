import asyncio
import time


async def calculate():
    for part in range(1, 6):
        time.sleep(0.2)
        print(f"calculated part {part} of 5")
        await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, print, "timer: 0.3")
    await calculate()


asyncio.run(main())
