import asyncio


async def print_page(printer, name, paper):
    await printer.acquire()
    print(f"{name}: at the printer")
    await asyncio.sleep(0.2)
    if not paper:
        raise RuntimeError(f"{name} has no paper")
    printer.release()
    print(f"{name}: printed")


async def main():
    printer = asyncio.Lock()
    ada = asyncio.create_task(print_page(printer, "Ada", paper=False))
    ben = asyncio.create_task(print_page(printer, "Ben", paper=True))
    await asyncio.wait([ada, ben], timeout=1)
    print("Ada:", repr(ada.exception()))
    print("Ben: done" if ben.done() else "Ben: still waits")
    print(f"nobody is at the printer, and it is locked: {printer.locked()}")


asyncio.run(main())
