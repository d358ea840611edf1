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
TOPIC = f"readings-{uuid.uuid4()}"


async def main():
    async with AIOKafkaProducer(bootstrap_servers=BOOTSTRAP, linger_ms=20) as producer:
        print("one by one")
        for number in range(20):
            await producer.send_and_wait(TOPIC, b"%d" % number, partition=0)
        print("together")
        waiting = [await producer.send(TOPIC, b"%d" % number, partition=0) for number in range(20, 1000)]
        places = await asyncio.gather(*waiting)
        print("acknowledged, the last one at offset", places[-1].offset)

    async with AIOKafkaConsumer(TOPIC, bootstrap_servers=BOOTSTRAP, auto_offset_reset="earliest") as consumer:
        sizes = []
        while sum(sizes) < 1000:
            batches = await consumer.getmany(timeout_ms=1000, max_records=300)
            sizes += map(len, batches.values())
        print(f"received {sum(sizes)} in batches of {sizes}")


asyncio.run(main())
