import asyncio
import logging


class TaskName(logging.Filter):
    def filter(self, record):
        try:
            record.task = asyncio.current_task().get_name()
        except (RuntimeError, AttributeError):
            record.task = "no task"
        return True


handler = logging.StreamHandler()
handler.addFilter(TaskName())
logging.basicConfig(format="[%(task)s] %(message)s", level=logging.INFO, handlers=[handler])


async def fetch(page, seconds):
    logging.info("asking for %s", page)
    await asyncio.sleep(seconds)
    logging.info("has %s", page)


async def main():
    logging.info("starts two readers")
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch("the news", 0.5), name="reader Ana")
        group.create_task(fetch("the map", 0.3), name="reader Ben")


logging.info("before asyncio")
asyncio.run(main())
