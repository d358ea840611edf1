import asyncio


class ServerError(Exception):
    def __init__(self, status):
        super().__init__(f"status {status}")
        self.status = status


def worth_another_try(error):
    return isinstance(error, ServerError) and error.status == 503


async def ask(status, go):
    await go.wait()
    raise ServerError(status)


async def main():
    go = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as group:
            for status in (503, 404, 503):
                group.create_task(ask(status, go))
            await asyncio.sleep(0.3)
            go.set()
    except ExceptionGroup as errors:
        later, hopeless = errors.split(worth_another_try)
        if later:
            print("again later:", *later.exceptions)
        if hopeless:
            raise hopeless


try:
    asyncio.run(main())
except* ServerError as errors:
    print("raised again:", *errors.exceptions)
