import asyncio


async def with_retries(job, attempts, sleep=asyncio.sleep):
    for attempt in range(attempts):
        try:
            return await job()
        except ConnectionError:
            if attempt == attempts - 1:
                raise
            await sleep(60 * 2**attempt)


async def test_it_waits_twice_as_long_each_time():
    waits = []
    answers = iter([ConnectionError, ConnectionError, "here I am"])

    async def sleep(seconds):
        waits.append(seconds)

    async def job():
        answer = next(answers)
        if answer is ConnectionError:
            raise answer
        return answer

    assert await with_retries(job, attempts=3, sleep=sleep) == "here I am"
    assert waits == [60, 120]
    print("passed; it would have waited for", sum(waits), "seconds")


asyncio.run(test_it_waits_twice_as_long_each_time())
