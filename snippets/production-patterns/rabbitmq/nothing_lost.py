# /// script
# dependencies = ["aio-pika"]
# [tool.runnable]
# services = ["rabbitmq"]
# ///
import asyncio
import collections
import logging
import os
from urllib.parse import urlsplit

import aio_pika

URL = urlsplit(os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/"))
logging.disable()  # aio-pika reports each loss
QUEUE = {"durable": True, "arguments": {"x-expires": 60_000}}
failures = []


# --8<-- [start:client]
async def send(channel, queue, number):
    order = aio_pika.Message(b"%d" % number, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
    while True:
        try:
            await channel.default_exchange.publish(order, queue, timeout=0.5)
            return number  # confirmed: from here on, it is the broker's business
        except Exception as error:  # of many types; what matters is that there is no confirmation
            failures.append(error)
            await asyncio.sleep(0.05)


async def main(url, cut):
    received = collections.Counter()

    async def receive(message):
        await asyncio.sleep(0.02)
        received[int(message.body)] += 1
        await message.ack()

    async with await aio_pika.connect_robust(url, reconnect_interval=0.1) as connection:
        channel = await connection.channel(on_return_raises=True)
        await channel.set_qos(prefetch_count=20)
        orders = await channel.declare_queue("guide-nothing-lost", **QUEUE)
        await orders.purge()
        await orders.consume(receive)
        confirmed = []
        for start in range(0, 200, 50):
            batch = asyncio.gather(*(send(channel, orders.name, start + number) for number in range(50)))
            await asyncio.sleep(0.005)
            cut()
            confirmed += await batch
        try:
            async with asyncio.timeout(4):
                while set(confirmed) - set(received):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            print("that is all")
        print("attempts that failed:", len(failures))
        print("confirmed:", len(confirmed), "received:", len(received))
        print("confirmed, but lost:", len(set(confirmed) - set(received)))
        print("received more than once:", sum(times > 1 for times in received.values()))
        await orders.delete(if_unused=False, if_empty=False)


# --8<-- [end:client]
# A way to the broker that can be cut.
ends = []


async def pipe(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


async def relay(reader, writer):
    there_reader, there_writer = await asyncio.open_connection(URL.hostname, URL.port)
    ends.extend([writer, there_writer])
    await asyncio.gather(pipe(reader, there_writer), pipe(there_reader, writer), return_exceptions=True)


def cut():
    while ends:
        ends.pop().transport.abort()


async def with_relay():
    async with await asyncio.start_server(relay, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await main(URL._replace(netloc=f"{URL.username}:{URL.password}@127.0.0.1:{port}").geturl(), cut)


asyncio.run(with_relay())
