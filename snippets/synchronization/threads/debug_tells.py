import asyncio


def press(loop):
    try:
        loop.call_soon(print, "pressed")
    except RuntimeError as error:
        print("RuntimeError:", error)


async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 10  # otherwise debug mode may report slowness too
    await asyncio.to_thread(press, loop)


asyncio.run(main(), debug=True)
