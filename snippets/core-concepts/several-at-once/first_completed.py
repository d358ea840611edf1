import asyncio


async def ask(mirror, seconds):
    print(f"{mirror}: asked")
    await asyncio.sleep(seconds)
    print(f"{mirror}: answers")
    return f"the file, from {mirror}"


async def main():
    mirrors = {"Paris": 0.6, "Tokyo": 0.3, "Quito": 0.9}
    tasks = [asyncio.create_task(ask(mirror, seconds)) for mirror, seconds in mirrors.items()]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(f"done: {len(done)}, pending: {len(pending)}")
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    print("cancelled:", sum(task.cancelled() for task in pending))
    print("first:", done.pop().result())


asyncio.run(main())
