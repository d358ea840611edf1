# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["aiokafka"]
# [tool.runnable]
# services = ["kafka"]
# ///
import asyncio
import os
import uuid

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

BOOTSTRAP = os.environ.get("KAFKA_BOOTSTRAP", "127.0.0.1:9092")
TOPIC = f"orders-{uuid.uuid4()}"


async def send():
    async with AIOKafkaProducer(bootstrap_servers=BOOTSTRAP) as producer:
        for order in ["tea", "coffee", "cocoa"]:
            place = await producer.send_and_wait(TOPIC, order.encode(), partition=0)
            print(f"sent: {order}, now at offset {place.offset}")


async def receive(name):
    async with AIOKafkaConsumer(TOPIC, bootstrap_servers=BOOTSTRAP, auto_offset_reset="earliest") as consumer:
        async for message in consumer:
            print(f"{name}: {message.value.decode()}")
            if message.value == b"cocoa":
                break


async def main():
    await send()
    await receive("kitchen")
    await receive("accounts")


asyncio.run(main())
