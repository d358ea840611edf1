import asyncio


async def with_retries(job, attempts=3, sleep=asyncio.sleep):
    for attempt in range(attempts):
        try:
            return await job()
        except ConnectionError:
            if attempt == attempts - 1:
                raise
            await sleep(0.2 * 2**attempt)


async def test_it_tries_three_times():
    calls = []

    async def job():
        calls.append("called")
        raise ConnectionError("no answer")

    async def sleep(seconds):
        calls.append(seconds)

    try:
        await with_retries(job, sleep=sleep)
    except ConnectionError:
        assert calls == ["called", 0.2, "called", 0.4, "called"]
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
