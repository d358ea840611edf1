# /// script
# dependencies = ["aio-pika"]
# [tool.runnable]
# services = ["rabbitmq"]
# ///
import asyncio
import os

import aio_pika

URL = os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/")


async def pay(message):
    async with message.process(requeue=False):
        print(f"paid {int(message.body)}")


async def main():
    async with await aio_pika.connect(URL) as connection:
        channel = await connection.channel()
        failed = await channel.declare_queue(exclusive=True)
        arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": failed.name}
        bills = await channel.declare_queue(exclusive=True, arguments=arguments)
        for text in [b"10", b"ten", b"30"]:
            await channel.default_exchange.publish(aio_pika.Message(text), bills.name)
        for _ in range(3):
            try:
                await pay(await bills.get())
            except ValueError as error:
                print("rejected:", error)

        message = await failed.get()
        (death,) = message.headers["x-death"]
        print("dead letter:", message.body.decode())
        print(f"why: {death['reason']}, from our queue: {death['queue'] == bills.name}, times: {death['count']}")
        await message.ack()


asyncio.run(main())
