import asyncio


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = asyncio.Lock()

    async def withdraw(self, what, amount):
        async with self.lock:
            await self._withdraw(what, amount)

    async def pay_rent(self):
        async with self.lock:
            await self._withdraw("rent", 60)
            await self._withdraw("heating", 10)

    async def _withdraw(self, what, amount):
        """Whoever calls it has the lock."""
        if amount > self.balance:
            print(f"{what}: refused")
            return
        await asyncio.sleep(0.2)
        self.balance -= amount
        print(f"{what}: paid")


async def main():
    account = Account(100)
    try:
        async with asyncio.timeout(1.5), asyncio.TaskGroup() as group:
            group.create_task(account.pay_rent())
            group.create_task(account.withdraw("bicycle", 50))
    except TimeoutError:
        print("main: nothing moves")
    print("balance:", account.balance)


asyncio.run(main())
