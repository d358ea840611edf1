import asyncio


def first(loop):
    print("first")
    loop.call_soon(print, "asked for by first")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.4, print, "timer: 0.4")
    loop.call_later(0.2, print, "timer: 0.2")
    loop.call_soon(first, loop)
    loop.call_soon(print, "second")
    print("main: nothing has been called yet")
    await asyncio.sleep(0.6)
    print("main: goes on")


asyncio.run(main())
