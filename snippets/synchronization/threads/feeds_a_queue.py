import asyncio


def read_sensor(queue, loop):
    for value in [17, 18, 19, None]:
        putting = asyncio.run_coroutine_threadsafe(queue.put(value), loop)
        putting.result()
        print(f"thread: {value} is in the queue")


async def save(queue):
    while (value := await queue.get()) is not None:
        await asyncio.sleep(0.3)
        print(f"task: {value} is saved")


async def main():
    queue = asyncio.Queue(maxsize=1)
    loop = asyncio.get_running_loop()
    await asyncio.gather(asyncio.to_thread(read_sensor, queue, loop), save(queue))


asyncio.run(main())
