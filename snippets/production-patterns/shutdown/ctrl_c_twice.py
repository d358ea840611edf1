# /// script
# [tool.runnable]
# exit = 130
# ///
import asyncio
import os
import signal
import sys


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, os.kill, os.getpid(), signal.SIGINT)
    loop.call_later(0.6, os.kill, os.getpid(), signal.SIGINT)
    try:
        print("main: works")
        await asyncio.sleep(1)
    finally:
        print("main: cleans up")
        await asyncio.sleep(3600)
        print("main: has cleaned up")


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
    sys.exit(130)
