import asyncio


async def watch(printer):
    for check in range(1, 4):
        try:
            await asyncio.sleep(0.8)
            print(f"check {check}: {printer} is busy")
        except asyncio.CancelledError:
            print(f"check {check}: cancelled")
            raise


async def main():
    try:
        async with asyncio.timeout(1.2):
            await watch("the printer")
        print("main: no timeout")
    except TimeoutError:
        print("main: the time is up")


asyncio.run(main())
