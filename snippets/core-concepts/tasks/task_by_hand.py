import asyncio


class HandmadeTask:
    def __init__(self, coroutine):
        loop = asyncio.get_running_loop()
        self.coroutine = coroutine
        self.result = loop.create_future()
        loop.call_soon(self.step)

    def step(self, _=None):
        try:
            future = self.coroutine.send(None)
        except StopIteration as end:
            self.result.set_result(end.value)
        else:
            future.add_done_callback(self.step)


async def measure(room, seconds):
    print(f"{room}: measuring")
    await asyncio.sleep(seconds)
    print(f"{room}: measured")
    return f"{room} 20 °C"


async def main():
    kitchen = HandmadeTask(measure("kitchen", 1))
    cellar = HandmadeTask(measure("cellar", 0.5))
    print("two tasks, and neither has begun")
    print(await kitchen.result)
    print(await cellar.result)


asyncio.run(main())
