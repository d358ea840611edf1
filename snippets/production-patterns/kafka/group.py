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


class Cook(ConsumerRebalanceListener):
    def __init__(self, name, instance):
        self.name, self.ready, self.made = name, asyncio.Event(), []
        member = {"group_id": f"kitchen-{TOPIC}", "group_instance_id": instance}
        times = {"heartbeat_interval_ms": 100, "session_timeout_ms": 2000}
        options = {"bootstrap_servers": BOOTSTRAP, "auto_offset_reset": "earliest"}
        self.consumer = AIOKafkaConsumer(**options, **member, **times)

    def on_partitions_revoked(self, revoked):
        if revoked:
            print(f"{self.name}: gives back {sorted(partition for _, partition in revoked)}")

    def on_partitions_assigned(self, assigned):
        print(f"{self.name}: has {sorted(partition for _, partition in assigned)}")
        self.ready.set()

    async def cook(self):
        self.consumer.subscribe([TOPIC], listener=self)
        async with self.consumer:
            async for message in self.consumer:
                self.made.append((message.partition, int(message.value)))


async def main():
    async with AIOKafkaProducer(bootstrap_servers=BOOTSTRAP) as producer:
        partitions = sorted(await producer.partitions_for(TOPIC))  # this makes the topic
        cooks = [Cook("first", "b"), Cook("second", "a")]
        tasks = []
        for cook in cooks:
            tasks.append(asyncio.create_task(cook.cook()))
            await cook.ready.wait()
            await asyncio.sleep(0.3)
        for number in range(20):
            await producer.send_and_wait(TOPIC, b"%d" % number, partition=partitions[number % len(partitions)])
        while sum(len(cook.made) for cook in cooks) < 20:
            await asyncio.sleep(0.05)
    for cook, task in zip(cooks, tasks, strict=True):
        task.cancel()
        print(f"{cook.name}: made {len(cook.made)}, from {sorted({partition for partition, _ in cook.made})}")
    await asyncio.wait(tasks)
    times = collections.Counter(number for cook in cooks for _, number in cook.made)
    print(f"made: {len(times)} of 20, at most {max(times.values())} time each")


asyncio.run(main())
