# /// script
# dependencies = ["aio-pika"]
# [tool.runnable]
# services = ["rabbitmq"]
# ///
import asyncio
import os

import aio_pika

URL = os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/")


async def work_off(connection, prefetch):
    channel = await connection.channel()
    await channel.set_qos(prefetch_count=prefetch)
    jobs = await channel.declare_queue(exclusive=True)
    for number in range(6):
        await channel.default_exchange.publish(aio_pika.Message(b"%d" % number), jobs.name)

    holding = most = 0
    looked, done = asyncio.Event(), asyncio.Event()

    async def work(message):
        nonlocal holding, most
        holding += 1
        most = max(most, holding)
        await looked.wait()
        await asyncio.sleep(0.1)
        await message.ack()
        holding -= 1
        if message.body == b"5":
            done.set()

    await jobs.consume(work)
    waiting = 6
    while not holding or holding + waiting < 6:  # some are on their way
        await asyncio.sleep(0.1)
        waiting = (await channel.declare_queue(jobs.name, passive=True)).declaration_result.message_count
    print(f"prefetch {prefetch or 'unlimited'}: {holding} held, {waiting} in the queue")
    looked.set()
    await done.wait()
    print(f"never more than {most} at once")
    await channel.close()


async def main():
    async with await aio_pika.connect(URL) as connection:
        for prefetch in [0, 2]:
            await work_off(connection, prefetch)


asyncio.run(main())
