# /// script
# [tool.runnable]
# exit = 1
# ///
import asyncio

printer = asyncio.Semaphore(1)


async def print_page(page):
    async with printer:
        await asyncio.sleep(0.2)
        print(f"{page}: printed")


async def main(*pages):
    await asyncio.gather(*map(print_page, pages))


asyncio.run(main("title", "contents"))
asyncio.run(main("preface", "index"))
