import asyncio


def ask_printer(pages, on_done):
    loop = asyncio.get_running_loop()
    loop.call_later(pages * 0.1, on_done, f"{pages} pages printed")


async def print_pages(pages):
    future = asyncio.get_running_loop().create_future()
    ask_printer(pages, future.set_result)
    return await future


async def main():
    short = asyncio.create_task(print_pages(2))
    long = asyncio.create_task(print_pages(5))
    print(await short)
    print(await long)


asyncio.run(main())
