# /// script
# dependencies = ["aiohttp"]
# ///
import logging
import unittest

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

STOCK = web.AppKey("stock", dict)


async def buy(request):
    item = request.match_info["item"]
    if request.app[STOCK].get(item, 0) == 0:
        raise web.HTTPConflict(text=f"{item} is sold out")
    request.app[STOCK][item] -= 1
    return web.json_response({"bought": item})


def make_app(stock):
    app = web.Application()
    app[STOCK] = stock
    app.router.add_post("/buy/{item}", buy)
    return app


class ShopTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        server = TestServer(make_app({"tea": 1}))
        self.client = await self.enterAsyncContext(TestClient(server))

    async def test_the_last_one_can_be_bought_once(self):
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
