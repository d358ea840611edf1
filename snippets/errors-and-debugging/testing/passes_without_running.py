import asyncio
import logging
import unittest
import warnings


async def add(first, second):
    await asyncio.sleep(0.1)
    return first + second


class PlainTest(unittest.TestCase):
    async def test_adding(self):
        self.assertEqual(await add(2, 2), 5)


class AsyncTest(unittest.IsolatedAsyncioTestCase):
    async def test_adding(self):
        self.assertEqual(await add(2, 2), 5)


logging.getLogger("asyncio").setLevel(logging.ERROR)  # no warnings of slow steps
for case in PlainTest, AsyncTest:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = unittest.defaultTestLoader.loadTestsFromTestCase(case).run(unittest.TestResult())
    print(f"{case.__name__}: run: {result.testsRun}, failed: {len(result.failures)}")
    for kind in sorted({warning.category.__name__ for warning in caught}):
        print("   with a", kind)
