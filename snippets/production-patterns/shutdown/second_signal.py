import asyncio
import os
import signal


async def work():
    try:
        print("work: begins")
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("work: called off")
        raise


async def main():
    loop = asyncio.get_running_loop()
    for delay in 0.3, 0.6:
        loop.call_later(delay, os.kill, os.getpid(), signal.SIGTERM)
    working = asyncio.create_task(work())

    def stop():
        print("closing; once more to leave at once")
        loop.add_signal_handler(signal.SIGTERM, working.cancel)

    loop.add_signal_handler(signal.SIGTERM, stop)
    await asyncio.wait([working])
    print("closed")


asyncio.run(main())
