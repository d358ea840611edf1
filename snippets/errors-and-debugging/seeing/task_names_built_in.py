# /// script
# requires-python = ">=3.12"
# ///
import asyncio
import logging

logging.basicConfig(format="[%(taskName)s] %(message)s", level=logging.INFO)


async def fetch(page, seconds):
    logging.info("asking for %s", page)
    await asyncio.sleep(seconds)
    logging.info("has %s", page)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch("the news", 0.5), name="reader Ana")
        group.create_task(fetch("the map", 0.3), name="reader Ben")


logging.info("before asyncio")
asyncio.run(main())
