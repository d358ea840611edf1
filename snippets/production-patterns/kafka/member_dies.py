# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["aiokafka"]
# [tool.runnable]
# services = ["kafka"]
# ///
import asyncio
import collections
import logging
import os
import uuid

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener

BOOTSTRAP = os.environ.get("KAFKA_BOOTSTRAP", "127.0.0.1:9092")
TOPIC = f"orders-{uuid.uuid4()}"
logging.disable()  # aiokafka warns of each rebalance
begun, made = collections.Counter(), set()


class Report(ConsumerRebalanceListener):
    def __init__(self, name):
        self.name, self.ready = name, asyncio.Event()

    def on_partitions_revoked(self, revoked):
        pass

    def on_partitions_assigned(self, assigned):
        print(f"{self.name}: has {len(assigned)} partitions")
        self.ready.set()


async def cook(report, instance):
    member = {"group_id": f"kitchen-{TOPIC}", "group_instance_id": instance, "auto_offset_reset": "earliest"}
    times = {"heartbeat_interval_ms": 100, "session_timeout_ms": 2000}
    consumer = AIOKafkaConsumer(bootstrap_servers=BOOTSTRAP, enable_auto_commit=False, **member, **times)
    consumer.subscribe([TOPIC], listener=report)
    async with consumer:
        async for message in consumer:
            begun[message.value] += 1
            if report.name == "second" and len(made) >= 3:
                print("second: dies, with an order in hand")
                return
            await asyncio.sleep(0.05)
            made.add(message.value)
            await consumer.commit()


async def main():
    async with AIOKafkaProducer(bootstrap_servers=BOOTSTRAP) as producer:
        partitions = sorted(await producer.partitions_for(TOPIC))
        cooks = []
        for name, instance in [("first", "b"), ("second", "a")]:
            report = Report(name)
            cooks.append(asyncio.create_task(cook(report, instance)))
            await report.ready.wait()
            await asyncio.sleep(0.3)
        for number in range(12):
            await producer.send_and_wait(TOPIC, b"%d" % number, partition=partitions[number % len(partitions)])
    while len(made) < 12:
        await asyncio.sleep(0.05)
    print(f"made: {len(made)} of 12, begun twice: {sum(times > 1 for times in begun.values())}")
    cooks[0].cancel()
    await asyncio.wait(cooks)


asyncio.run(main())
