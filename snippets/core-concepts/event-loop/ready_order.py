import asyncio


def first(loop):
    print("first")
    loop.call_soon(print, "asked for by first")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.6, print, "timer: 0.6")
    loop.call_later(0.3, print, "timer: 0.3")
    loop.call_soon(first, loop)
    loop.call_soon(print, "second")
    print("main: nothing has been called yet")
    await asyncio.sleep(0.9)
    print("main: goes on")


asyncio.run(main())
