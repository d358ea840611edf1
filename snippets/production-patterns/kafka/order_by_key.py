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
TOPIC = f"accounts-{uuid.uuid4()}"


async def send():
    async with AIOKafkaProducer(bootstrap_servers=BOOTSTRAP) as producer:
        for step in ["opened", "paid in", "paid out", "closed"]:
            for account in ["Ada", "Ben", "Cleo"]:
                await producer.send_and_wait(TOPIC, step.encode(), key=account.encode())


async def main():
    await send()
    seen = {}
    async with AIOKafkaConsumer(TOPIC, bootstrap_servers=BOOTSTRAP, auto_offset_reset="earliest") as consumer:
        async for message in consumer:
            steps = seen.setdefault((message.key.decode(), message.partition), [])
            steps.append(message.value.decode())
            if sum(map(len, seen.values())) == 12:
                break
    for (account, partition), steps in sorted(seen.items()):
        print(f"{account}, partition {partition}: {', '.join(steps)}")


asyncio.run(main())
