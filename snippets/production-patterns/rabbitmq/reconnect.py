# /// script
# dependencies = ["aio-pika"]
# [tool.runnable]
# services = ["rabbitmq"]
# ///
import asyncio
import logging
import os
from urllib.parse import urlsplit

import aio_pika

URL = urlsplit(os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/"))
logging.disable()  # aio-pika reports each loss and each attempt


# --8<-- [start:client]
async def send(channel, name, text):
    failed = False
    while True:
        try:
            await channel.default_exchange.publish(aio_pika.Message(text), name, timeout=1)
            print(f"{text.decode()}: confirmed")
            return
        except Exception as error:  # of many types
            if not failed:
                print(f"{text.decode()}: {type(error).__name__}")
            failed = True
            await asyncio.sleep(0.1)


async def main(url, stop, start):
    received, connected = asyncio.Queue(), asyncio.Event()

    async def receive(message):
        print("received:", message.body.decode())
        received.put_nowait(message)

    def reconnected(_):
        print("connected again")
        connected.set()

    async with await aio_pika.connect_robust(url, reconnect_interval=0.2) as connection:
        connection.reconnect_callbacks.add(reconnected)
        channel = await connection.channel(on_return_raises=True)
        orders = await channel.declare_queue(exclusive=True)
        await orders.consume(receive, no_ack=True)
        await send(channel, orders.name, b"order 1")
        await received.get()
        await stop()
        print("the broker is gone")
        await asyncio.sleep(0.1)
        sending = asyncio.create_task(send(channel, orders.name, b"order 2"))
        await asyncio.sleep(0.4)
        await start()
        print("the broker is back")
        await asyncio.gather(sending, received.get(), connected.wait())


# --8<-- [end:client]
# A way to the broker that can be closed and opened, as when the broker restarts.
class Way:
    port, ends = 0, ()

    async def start(self):
        self.server = await asyncio.start_server(self.relay, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()
        for end in self.ends:
            end.transport.abort()

    async def relay(self, reader, writer):
        there_reader, there_writer = await asyncio.open_connection(URL.hostname, URL.port)
        self.ends = (writer, there_writer)
        await asyncio.gather(pipe(reader, there_writer), pipe(there_reader, writer), return_exceptions=True)


async def pipe(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


async def with_way():
    way = Way()
    await way.start()
    await main(URL._replace(netloc=f"{URL.username}:{URL.password}@127.0.0.1:{way.port}").geturl(), way.stop, way.start)
    await way.stop()


asyncio.run(with_way())
