import asyncio
from collections import defaultdict

balances = {"rent": 100, "food": 100}
locks = defaultdict(asyncio.Lock)


async def withdraw(account, amount, seconds):
    async with locks[account]:
        seen = balances[account]
        print(f"{account}: sees {seen}, takes {amount}")
        await asyncio.sleep(seconds)  # asks the bank
        balances[account] = seen - amount
        print(f"{account}: leaves {balances[account]}")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(withdraw("rent", 30, seconds=0.5))
        group.create_task(withdraw("rent", 50, seconds=0.5))
        group.create_task(withdraw("food", 10, seconds=0.2))


asyncio.run(main())
