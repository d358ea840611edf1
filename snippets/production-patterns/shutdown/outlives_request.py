import asyncio
import os
import signal

background = set()


async def send_mail(to):
    await asyncio.sleep(1)
    print("  mail sent to", to)


async def handle(visitor):
    task = asyncio.create_task(send_mail(visitor))
    background.add(task)
    task.add_done_callback(background.discard)
    print("answered:", visitor)


async def main():
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.call_later(0.65, os.kill, os.getpid(), signal.SIGTERM)

    await handle("Ana")
    await asyncio.sleep(0.3)
    await handle("Ben")
    await stop.wait()
    print("closing, mails under way:", len(background))
    while background:
        await asyncio.wait(background)
    print("closed")


asyncio.run(main())
