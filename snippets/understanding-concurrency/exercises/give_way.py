import asyncio


async def add_up(name, numbers):
    total = 0
    for number in numbers:
        total += number
        print(f"{name}: {total}")
    return total


async def main():
    totals = await asyncio.gather(add_up("first", [1, 2, 3]), add_up("second", [10, 20, 30]))
    print("together:", sum(totals))


asyncio.run(main())
