# /// script
# [tool.runnable]
# exit = 1
# ///
import asyncio
import logging
import unittest


class Cache:
    def __init__(self):
        self.refreshing = asyncio.create_task(self.refresh(), name="refresh the cache")

    async def refresh(self):
        while True:
            await asyncio.sleep(60)

    async def close(self):
        self.refreshing.cancel()
        await asyncio.wait([self.refreshing])


class StrictTest(unittest.IsolatedAsyncioTestCase):
    async def asyncTearDown(self):
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            self.fail(f"the task “{task.get_name()}” is left running")


class CacheTest(StrictTest):
    async def test_closed(self):
        cache = Cache()
        await cache.close()

    async def test_not_closed(self):
        Cache()


if __name__ == "__main__":
    # A test case runs in debug mode, which warns of slow steps. A busy machine has many: errors only.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    unittest.main(verbosity=2)
