import asyncio
from asyncio import FIRST_COMPLETED


async def ask(server, seconds):
    print(f"{server}: asked")
    try:
        await asyncio.sleep(seconds)
        return f"the answer of {server}"
    except asyncio.CancelledError:
        print(f"{server}: called off")
        raise


async def hedged(*servers, delay):
    tasks, waiting = [], list(servers)
    try:
        while waiting:
            tasks.append(asyncio.create_task(ask(*waiting.pop(0))))
            limit = delay if waiting else None
            done, _ = await asyncio.wait(tasks, timeout=limit, return_when=FIRST_COMPLETED)
            if done:
                return done.pop().result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def main():
    print(await hedged(("Oslo", 0.2), ("Lima", 0.3), delay=0.4))
    print(await hedged(("Oslo", 5), ("Lima", 0.3), delay=0.4))


asyncio.run(main())
