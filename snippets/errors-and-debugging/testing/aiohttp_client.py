# /// script
# dependencies = ["aiohttp"]
# ///
import logging
import unittest

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

STOCK = web.AppKey("stock", dict)


async def buy(request):
    book = request.match_info["book"]
    if request.app[STOCK].get(book, 0) == 0:
        raise web.HTTPConflict(text=f"{book} is sold out")
    request.app[STOCK][book] -= 1
    return web.json_response({"bought": book})


def make_app(stock):
    app = web.Application()
    app[STOCK] = stock
    app.router.add_post("/buy/{book}", buy)
    return app


class ShopTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        server = TestServer(make_app({"tea": 1}))
        self.client = await self.enterAsyncContext(TestClient(server))

    async def test_the_last_copy_can_be_bought_once(self):
        async with self.client.post("/buy/tea") as response:
            self.assertEqual(await response.json(), {"bought": "tea"})
        async with self.client.post("/buy/tea") as response:
            self.assertEqual(response.status, 409)
            self.assertEqual(await response.text(), "tea is sold out")

    async def test_another_method_is_refused(self):
        async with self.client.get("/buy/tea") as response:
            self.assertEqual(response.status, 405)


if __name__ == "__main__":
    # A test case runs in debug mode, which warns of slow steps. A busy machine has many: errors only.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    unittest.main(verbosity=2)
