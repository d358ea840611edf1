import asyncio


async def count_guests():
    await asyncio.sleep(0.45)
    return 12


def print_menu(loop):
    future = asyncio.run_coroutine_threadsafe(count_guests(), loop)
    print("thread: waits")
    print("thread: a menu for", future.result(timeout=5))


async def tick():
    for number in range(1, 4):
        print("tick", number)
        await asyncio.sleep(0.3)


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.1)
    await asyncio.gather(tick(), asyncio.to_thread(print_menu, loop))


asyncio.run(main())
