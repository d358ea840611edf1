import asyncio


async def find_customer(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{name}: found")
    return {"name": name, "number": len(name)}


async def find_orders(customer, seconds):
    await asyncio.sleep(seconds)
    print(f"customer {customer['number']}: two orders")


async def answer(name, seconds):
    customer = await find_customer(name, seconds)
    await find_orders(customer, seconds)


async def main():
    await asyncio.gather(answer("Ada", 0.6), answer("Grace", 0.9))


asyncio.run(main())
