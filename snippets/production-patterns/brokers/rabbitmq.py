# /// script
# dependencies = ["aio-pika"]
# [tool.runnable]
# services = ["rabbitmq"]
# ///
import asyncio
import os

import aio_pika

URL = os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/")


async def send(channel, name):
    for order in ["tea", "coffee", "cocoa"]:
        await channel.default_exchange.publish(aio_pika.Message(order.encode()), routing_key=name)
        print("sent:", order)


async def main():
    async with await aio_pika.connect(URL) as connection:
        channel = await connection.channel()
        orders = await channel.declare_queue(exclusive=True)
        await send(channel, orders.name)
        async with orders.iterator() as messages:
            async for message in messages:
                async with message.process():
                    print("made:", message.body.decode())
                if message.body == b"cocoa":
                    break
        orders = await channel.declare_queue(orders.name, passive=True)
        print("left:", orders.declaration_result.message_count)


asyncio.run(main())
