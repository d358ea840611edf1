import asyncio
import logging

logging.basicConfig(format="%(levelname)s: %(message)s")


async def read_sensor(station):
    await asyncio.sleep(0.3)
    raise ConnectionError(f"{station} does not answer")


async def measure(station):
    return await read_sensor(station)


async def main():
    task = asyncio.create_task(measure("Oslo"))
    try:
        await task
    except ConnectionError:
        logging.exception("no measurement from Oslo")
    print("main: goes on")


asyncio.run(main())
