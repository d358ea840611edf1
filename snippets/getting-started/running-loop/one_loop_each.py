import asyncio


async def current_loop():
    await asyncio.sleep(0.2)
    return asyncio.get_running_loop()


first = asyncio.run(current_loop())
second = asyncio.run(current_loop())
print("two runs, one loop:", first is second)
print("the first is closed:", first.is_closed())

with asyncio.Runner() as runner:
    first = runner.run(current_loop())
    second = runner.run(current_loop())
    print("one runner, one loop:", first is second)
