# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["aiokafka", "confluent-kafka"]
# ///
import asyncio
import ctypes
import logging

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from confluent_kafka import cimpl

logging.disable()  # aiokafka reports each attempt to connect


# --8<-- [start:client]
async def receive(received, options):
    async with AIOKafkaConsumer("orders", auto_offset_reset="earliest", **options) as consumer:
        async for message in consumer:
            received.append(int(message.value))


async def send(acknowledged, options):
    async with AIOKafkaProducer(enable_idempotence=True, **options) as producer:
        for number in range(100):
            await producer.send_and_wait("orders", b"%d" % number)
            acknowledged.append(number)
            await asyncio.sleep(0.005)


async def restart(broker, acknowledged):
    for number in [30, 60]:
        while len(acknowledged) < number:
            await asyncio.sleep(0.001)
        broker.stop()
        print("the broker is gone")
        await asyncio.sleep(0.3)
        print(f"acknowledged meanwhile: {len(acknowledged) - number}")
        broker.start()
        print("the broker is back")


async def main(broker):
    options = {"bootstrap_servers": broker.address, "retry_backoff_ms": 50}
    received, acknowledged = [], []
    consumer = asyncio.create_task(receive(received, options))
    await asyncio.gather(send(acknowledged, options), restart(broker, acknowledged))
    try:
        async with asyncio.timeout(3):
            while set(acknowledged) - set(received):
                await asyncio.sleep(0.02)
    except TimeoutError:
        print("that is all")
    consumer.cancel()
    await asyncio.wait([consumer])
    print("acknowledged:", len(acknowledged), "received:", len(set(received)))
    print("acknowledged, but lost:", len(set(acknowledged) - set(received)))
    print("received twice:", len(received) - len(set(received)))


# --8<-- [end:client]
# A broker of our own, which can be stopped: librdkafka's mock broker, through its C interface.
library = ctypes.CDLL(cimpl.__file__)
for function in [library.rd_kafka_conf_new, library.rd_kafka_new, library.rd_kafka_mock_cluster_new]:
    function.restype = ctypes.c_void_p
library.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p


class Broker:
    def __init__(self):
        settings = ctypes.c_void_p(library.rd_kafka_conf_new())
        library.rd_kafka_conf_set(settings, b"log_level", b"0", None, ctypes.c_size_t(0))
        client = ctypes.c_void_p(library.rd_kafka_new(0, settings, None, ctypes.c_size_t(0)))
        self.cluster = ctypes.c_void_p(library.rd_kafka_mock_cluster_new(client, 1))
        self.address = library.rd_kafka_mock_cluster_bootstraps(self.cluster).decode()

    def stop(self):
        library.rd_kafka_mock_broker_set_down(self.cluster, 1)

    def start(self):
        library.rd_kafka_mock_broker_set_up(self.cluster, 1)


asyncio.run(main(Broker()))
