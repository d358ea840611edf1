import asyncio
import gc
import logging
import unittest


async def accept(order):
    asyncio.create_task(charge(order))
    await asyncio.sleep(0.1)
    return "accepted"


async def charge(order):
    raise ConnectionError("the bank does not answer")


class LenientTest(unittest.IsolatedAsyncioTestCase):
    async def test_an_order_is_accepted(self):
        self.assertEqual(await accept("order 7"), "accepted")


class StrictTest(LenientTest):
    async def asyncSetUp(self):
        self.unseen = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda loop, context: self.unseen.append(context.get("exception")))

    async def asyncTearDown(self):
        gc.collect()
        for error in self.unseen:
            self.fail(f"nobody saw {error!r}")


logging.getLogger("asyncio").disabled = True
for case in LenientTest, StrictTest:
    result = unittest.defaultTestLoader.loadTestsFromTestCase(case).run(unittest.TestResult())
    print(f"{case.__name__}: run: {result.testsRun}, failed: {len(result.failures)}")
    for _, traceback in result.failures:
        print("  ", traceback.splitlines()[-1])
