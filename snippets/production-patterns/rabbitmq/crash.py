# /// script
# dependencies = ["aio-pika"]
# [tool.runnable]
# services = ["rabbitmq"]
# ///
import asyncio
import os
import sys

import aio_pika

URL = os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/")


async def work(worker, name):
    async with await aio_pika.connect(URL) as connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=2)
        orders = await channel.get_queue(name)
        async with orders.iterator() as messages:
            async for message in messages:
                again = ", delivered again" if message.redelivered else ""
                print(f"{worker} worker: {message.body.decode()}{again}", flush=True)
                await asyncio.sleep(0.1)
                if worker == "first" and message.body == b"order 2":
                    os._exit(1)  # in the middle of the work, as if it were killed
                await message.ack()
                if message.body == b"order 4":
                    break


async def main():
    async with await aio_pika.connect(URL) as connection:
        channel = await connection.channel()
        orders = await channel.declare_queue(durable=True, arguments={"x-expires": 60_000})
        for number in range(1, 5):
            order = aio_pika.Message(b"order %d" % number, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await channel.default_exchange.publish(order, orders.name)
        worker = await asyncio.create_subprocess_exec(sys.executable, __file__, "first", orders.name)
        print("the first worker ended with", await worker.wait())
        await work("second", orders.name)
        await orders.delete()


asyncio.run(work(*sys.argv[1:]) if len(sys.argv) > 1 else main())
