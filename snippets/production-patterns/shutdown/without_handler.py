# /// script
# [tool.runnable]
# exit = -15
# ///
import asyncio
import os
import signal


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, os.kill, os.getpid(), signal.SIGTERM)
    try:
        print("main: works", flush=True)
        await asyncio.sleep(1)
    finally:
        print("main: cleans up")


asyncio.run(main())
