import asyncio

balance = 100


async def withdraw(name, amount, seconds):
    global balance
    async with asyncio.Lock():
        seen = balance
        print(f"{name}: sees {seen}, takes {amount}")
        await asyncio.sleep(seconds)  # asks the bank
        balance = seen - amount
        print(f"{name}: leaves {balance}")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(withdraw("Ada", 30, seconds=0.2))
        group.create_task(withdraw("Ben", 50, seconds=0.4))
    print(f"80 of 100 are gone, and the balance is {balance}")


asyncio.run(main())
