# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["aiokafka"]
# ///
import asyncio
import logging

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError

logging.disable()  # aiokafka reports each attempt


async def main():
    pause = 0.1
    for attempt in [1, 2, 3]:
        producer = AIOKafkaProducer(bootstrap_servers="127.0.0.1:1")
        try:
            await producer.start()
            break
        except KafkaConnectionError as error:
            print(f"attempt {attempt}: {error}")
            await asyncio.sleep(pause)
            pause *= 2
        finally:
            await producer.stop()


asyncio.run(main())
