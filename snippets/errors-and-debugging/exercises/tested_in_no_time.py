import asyncio


async def with_retries(job, attempts=3):
    for attempt in range(attempts):
        try:
            return await job()
        except ConnectionError:
            if attempt == attempts - 1:
                raise
            await asyncio.sleep(0.2 * 2**attempt)


async def test_it_tries_three_times():
    calls = []

    async def job():
        calls.append("called")
        raise ConnectionError("no answer")

    try:
        await with_retries(job)
    except ConnectionError:
        assert len(calls) == 3
        print("the test has passed")


async def ask_for_real():
    raise ConnectionError("no answer")


async def main():
    await test_it_tries_three_times()
    try:
        await with_retries(ask_for_real)
    except ConnectionError as error:
        print("for real:", error)


asyncio.run(main())
