import asyncio


async def count_guests():
    print("counting")
    return 12


def print_menu(loop):
    future = asyncio.run_coroutine_threadsafe(count_guests(), loop)
    try:
        print("a menu for", future.result(timeout=0.5))
    except TimeoutError:
        print("no result for half a second")


async def main():
    print_menu(asyncio.get_running_loop())
    print("main goes on")
    await asyncio.sleep(0.1)


asyncio.run(main())
