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
from aio_pika.exceptions import AMQPConnectionError, ProbableAuthenticationError

URL = urlsplit(os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672/"))
logging.disable()  # aio-pika reports each attempt


async def connect(url):
    pause = 0.1
    for attempt in [1, 2, 3]:
        try:
            return await aio_pika.connect_robust(url)
        except ProbableAuthenticationError:
            raise  # it will not be another password the next time
        except AMQPConnectionError as error:
            print(f"attempt {attempt}: {type(error).__name__}")
            if attempt == 3:
                raise
        await asyncio.sleep(pause)
        pause *= 2


async def main():
    nobody = URL._replace(netloc="127.0.0.1:1").geturl()
    stranger = URL._replace(netloc=f"guest:wrong@{URL.hostname}:{URL.port}").geturl()
    for url in [nobody, stranger]:
        try:
            await connect(url)
        except AMQPConnectionError as error:
            print(f"{type(error).__name__}: {error}")


asyncio.run(main())
