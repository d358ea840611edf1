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


async def send(channel, queue, name):
    try:
        answer = await channel.default_exchange.publish(aio_pika.Message(b"tea"), queue)
    except DeliveryError as error:
        print(f"{name}: {error.frame.reply_text}, so nobody has it")
    else:
        print(f"{name}: {answer.name if answer else 'no answer'}")


async def main():
    async with await aio_pika.connect(URL) as connection:
        careful = await connection.channel(on_return_raises=True)
        orders = await careful.declare_queue(exclusive=True)
        await send(careful, orders.name, "to a queue")
        await send(careful, "orders-mistyped", "to no queue")

        careless = await connection.channel(publisher_confirms=False)
        message = aio_pika.Message(b"tea")
        answer = await careless.default_exchange.publish(message, "orders-mistyped", mandatory=False)
        print("without confirms, to no queue:", answer)


asyncio.run(main())
