import asyncio


class Shop:
    connected = None

    async def price(self, item):
        if self.connected is not asyncio.get_running_loop():
            await asyncio.sleep(0.3)
            self.connected = asyncio.get_running_loop()
            print("  connected")
        await asyncio.sleep(0.1)
        return len(item)


shop = Shop()


def price(item):
    return asyncio.run(shop.price(item))


for item in ["tea", "sugar", "butter"]:
    print(item, "costs", price(item))
