import asyncio


class RefusedError(Exception):
    def __init__(self, status):
        super().__init__(f"status {status}")
        self.status = status


async def fetch(page, failures):
    await asyncio.sleep(0.1)
    if failures:
        raise RefusedError(failures.pop(0))
    return f"the page {page}"


async def retry(function, *arguments, attempts=4):
    for attempt in range(1, attempts + 1):
        try:
            return await function(*arguments)
        except RefusedError as error:
            print(f"attempt {attempt}: {error}")
            if error.status not in {429, 502, 503, 504} or attempt == attempts:
                raise
        await asyncio.sleep(0.1 * 2 ** (attempt - 1))


async def main():
    print("got", await retry(fetch, "news", [503, 503]))
    try:
        await retry(fetch, "nwes", [404, 404])
    except RefusedError as error:
        print("gave up:", error)


asyncio.run(main())
