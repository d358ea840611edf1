# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


def make_loop():
    print("a loop, made my way")
    return asyncio.new_event_loop()


async def main():
    print("main runs in it")


try:
    asyncio.run(main(), loop_factory=make_loop)
except TypeError as error:
    print(f"{type(error).__name__}: {error}")
