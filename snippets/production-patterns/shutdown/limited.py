import asyncio
import os
import signal


async def answer(client, seconds):
    try:
        await asyncio.sleep(seconds)
        print(f"{client}: answered")
    except asyncio.CancelledError:
        print(f"{client}: told to come back later")
        raise


async def main():
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.call_later(0.2, os.kill, os.getpid(), signal.SIGTERM)

    waits = {"Ana": 0.4, "Ben": 0.5, "Cleo": 3600}
    tasks = [asyncio.create_task(answer(*wait)) for wait in waits.items()]
    await stop.wait()
    print("closing: half a second")
    _, late = await asyncio.wait(tasks, timeout=0.5)
    for task in late:
        task.cancel()
    await asyncio.wait(tasks)
    print("closed, unfinished:", len(late))


asyncio.run(main())
