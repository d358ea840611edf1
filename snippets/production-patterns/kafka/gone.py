# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["aiokafka", "confluent-kafka"]
# ///
import asyncio
import ctypes
import logging

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError
from confluent_kafka import cimpl

logging.disable()  # aiokafka reports each attempt to connect


# --8<-- [start:client]
async def send(broker, text, **options):
    broker.start()
    async with AIOKafkaProducer(bootstrap_servers=broker.address, retry_backoff_ms=50, **options) as producer:
        await producer.partitions_for("orders")
        broker.stop()
        try:
            async with asyncio.timeout(1):
                await producer.send_and_wait("orders", text, partition=0)
        except TimeoutError:
            print(f"{text.decode()}: our own timeout")
        except KafkaError as error:
            print(f"{text.decode()}: {type(error).__name__}, to be tried again: {error.retriable}")
        broker.start()


async def main(broker):
    await send(broker, b"plain", request_timeout_ms=400)
    await send(broker, b"idempotent", request_timeout_ms=400, enable_idempotence=True)
    async with AIOKafkaConsumer("orders", bootstrap_servers=broker.address, auto_offset_reset="earliest") as consumer:
        batches = await consumer.getmany(timeout_ms=3000)
        print("in the topic:", [message.value.decode() for batch in batches.values() for message in batch])


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
