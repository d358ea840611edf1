import asyncio


async def print_page(printer, page):
    async with printer:
        await asyncio.sleep(0.2)
        print(f"{page}: printed")


async def main(*pages):
    printer = asyncio.Semaphore(1)
    jobs = [print_page(printer, page) for page in pages]
    await asyncio.gather(*jobs)


asyncio.run(main("title", "contents"))
asyncio.run(main("preface", "index"))
