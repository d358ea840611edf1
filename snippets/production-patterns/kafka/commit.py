# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["aiokafka"]
# [tool.runnable]
# services = ["kafka"]
# ///
import asyncio
import os
import uuid

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

BOOTSTRAP = os.environ.get("KAFKA_BOOTSTRAP", "127.0.0.1:9092")
TOPIC = f"orders-{uuid.uuid4()}"


async def cook(group, fails, commit_first):
    options = {"group_id": f"{group}-{TOPIC}", "enable_auto_commit": False, "auto_offset_reset": "earliest"}
    async with AIOKafkaConsumer(bootstrap_servers=BOOTSTRAP, **options) as consumer:
        consumer.assign([TopicPartition(TOPIC, 0)])
        async for message in consumer:
            if commit_first:
                await consumer.commit()
            if message.value == fails:
                raise RuntimeError(f"the stove is out at {message.value.decode()}")
            print("made:", message.value.decode())
            if not commit_first:
                await consumer.commit()
            if message.value == b"order 4":
                break


async def main():
    async with AIOKafkaProducer(bootstrap_servers=BOOTSTRAP) as producer:
        for number in range(1, 5):
            await producer.send_and_wait(TOPIC, b"order %d" % number, partition=0)
    for group, commit_first in [("commit after", False), ("commit first", True)]:
        print(group)
        try:
            await cook(group, b"order 3", commit_first)
        except RuntimeError as error:
            print(error)
        await cook(group, None, commit_first)


asyncio.run(main())
