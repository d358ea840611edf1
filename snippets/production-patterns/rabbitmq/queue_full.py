# /// script
# dependencies = ["aio-pika"]
# [tool.runnable]
# services = ["rabbitmq"]
# ///
import asyncio
import os

import aio_pika
from aio_pika.exceptions import DeliveryError

URL = os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/")


async def main():
    async with await aio_pika.connect(URL) as connection:
        channel = await connection.channel()
        limits = {"x-max-length": 3, "x-overflow": "reject-publish"}
        orders = await channel.declare_queue(exclusive=True, arguments=limits)
        for number in range(1, 6):
            order = aio_pika.Message(b"order %d" % number)
            while True:
                try:
                    await channel.default_exchange.publish(order, orders.name)
                    print(f"order {number}: accepted")
                    break
                except DeliveryError as error:
                    print(f"order {number}: refused ({error.frame.name})")
                    message = await orders.get()
                    print(message.body.decode(), "is made, which leaves a place")
                    await message.ack()


asyncio.run(main())
