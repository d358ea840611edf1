import asyncio


async def count_guests():
    try:
        await asyncio.sleep(0.6)
        print("  counted")
    except asyncio.CancelledError:
        print("  called off")
        raise


def wait(loop, and_cancel):
    future = asyncio.run_coroutine_threadsafe(count_guests(), loop)
    try:
        future.result(timeout=0.3)
    except TimeoutError:
        print("thread: gives up" + (" and cancels" if and_cancel else ""))
        if and_cancel:
            future.cancel()


async def main():
    loop = asyncio.get_running_loop()
    for and_cancel in False, True:
        await asyncio.to_thread(wait, loop, and_cancel)
        await asyncio.sleep(0.5)


asyncio.run(main())
