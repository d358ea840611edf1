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
    try:
        print("main: works")
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("main: was cancelled")
        raise
    finally:
        await asyncio.sleep(0.2)
        print("main: has cleaned up")


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
    sys.exit(130)
