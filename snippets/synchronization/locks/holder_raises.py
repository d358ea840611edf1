import asyncio


async def print_page(printer, name, paper):
    async with printer:
        print(f"{name}: at the printer")
        await asyncio.sleep(0.2)
        if not paper:
            raise RuntimeError(f"{name} has no paper")
        print(f"{name}: printed")


async def main():
    printer = asyncio.Lock()
    results = await asyncio.gather(
        print_page(printer, "Ada", paper=False),
        print_page(printer, "Ben", paper=True),
        return_exceptions=True,
    )
    print(repr(results[0]), "and the printer is free:", not printer.locked())


asyncio.run(main())
