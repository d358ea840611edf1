# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio
import errno

from aiohttp import web


async def main():
    runner = web.AppRunner(web.Application())
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        print("the first server has a port")
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        print("the second server:", type(error).__name__)
        print("because the port is in use:", error.errno == errno.EADDRINUSE)
    finally:
        await runner.cleanup()


asyncio.run(main())
