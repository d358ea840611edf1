import asyncio


async def ask(server, seconds, answer):
    print(f"{server}: asked")
    try:
        await asyncio.sleep(seconds)
        if answer is None:
            raise ConnectionError(f"{server} is down")
        return answer
    except asyncio.CancelledError:
        print(f"{server}: called off")
        raise


async def first_success(*calls):
    errors = []
    tasks = [asyncio.create_task(call) for call in calls]
    try:
        for task in asyncio.as_completed(tasks):
            try:
                return await task
            except ConnectionError as error:
                errors.append(error)
        raise ExceptionGroup("no server answered", errors)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def main():
    rome = ask("Rome", 5, 25)
    print(await first_success(ask("Oslo", 0.2, None), ask("Lima", 0.4, 19), rome))
    try:
        await first_success(ask("Oslo", 0.2, None), ask("Lima", 0.4, None))
    except* ConnectionError as group:
        print(*group.exceptions, sep=", ")


asyncio.run(main())
