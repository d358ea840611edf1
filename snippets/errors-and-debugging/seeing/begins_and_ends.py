import asyncio
import logging

logging.basicConfig(format="%(name)s: %(message)s", level=logging.INFO)
log = logging.getLogger("tasks")


def watched(loop, coroutine, **options):
    # The name is set after this function returns, so it is looked up when the task gets its first turn.
    loop.call_soon(lambda: log.info("%s begins", task.get_name()))
    task = asyncio.Task(coroutine, loop=loop, **options)
    task.add_done_callback(report)
    return task


def report(task):
    if task.cancelled():
        log.info("%s was cancelled", task.get_name())
    elif error := task.exception():
        log.error("%s failed: %r", task.get_name(), error)
    else:
        log.info("%s ends", task.get_name())


async def download(seconds):
    await asyncio.sleep(seconds)
    if seconds == 0.4:
        raise ConnectionError("connection reset")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(watched)
    try:
        async with asyncio.TaskGroup() as group:
            for page, seconds in {"map": 0.2, "news": 0.4, "photos": 5}.items():
                group.create_task(download(seconds), name=page)
    except* ConnectionError as errors:
        log.info("main: goes on without %s", *errors.exceptions)
    finally:
        loop.set_task_factory(None)


asyncio.run(main())
