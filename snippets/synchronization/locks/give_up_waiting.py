import asyncio


async def print_page(printer, name, seconds, patience):
    try:
        async with asyncio.timeout(patience):
            await printer.acquire()
    except TimeoutError:
        print(f"{name}: has waited long enough")
        return
    try:
        print(f"{name}: at the printer")
        await asyncio.sleep(seconds)
        print(f"{name}: printed")
    finally:
        printer.release()


async def main():
    printer = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(print_page(printer, "Ada", seconds=0.6, patience=0.3))
        group.create_task(print_page(printer, "Ben", seconds=0.6, patience=0.3))
        group.create_task(print_page(printer, "Cleo", seconds=0.2, patience=2))


asyncio.run(main())
