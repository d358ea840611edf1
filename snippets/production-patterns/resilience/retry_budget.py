import asyncio

requests = 0


async def fetch():
    global requests
    requests += 1
    await asyncio.sleep(0)
    raise ConnectionError("the server is down")


class Budget:
    def __init__(self, most):
        self.left = self.most = most

    def earn(self):
        self.left = min(self.most, self.left + 0.1)

    def spend(self):
        if self.left < 1:
            return False
        self.left -= 1
        return True


async def retry(budget):
    budget.earn()
    for attempt in range(1, 5):
        try:
            return await fetch()
        except ConnectionError:
            if attempt == 4 or not budget.spend():
                return None


async def main():
    global requests
    for name, most in [("no budget", float("inf")), ("a budget", 5)]:
        requests, budget = 0, Budget(most)
        for _ in range(50):
            await retry(budget)
        print(f"{name}: 50 calls, {requests} requests")


asyncio.run(main())
