import asyncio

tickets = 1


async def buy(name, seconds, card_works):
    global tickets
    if tickets == 0:
        print(f"{name}: sold out")
        return
    tickets -= 1
    print(f"{name}: has the ticket, pays")
    paid = False
    try:
        await asyncio.sleep(seconds)  # asks the bank
        paid = card_works
    finally:
        if not paid:
            tickets += 1
            print(f"{name}: has not paid, gives it back")
    if paid:
        print(f"{name}: goes to the concert")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(buy("Ada", 0.2, card_works=False))
        group.create_task(buy("Ben", 0.2, card_works=True))
        await asyncio.sleep(0.5)
        group.create_task(buy("Cleo", 0.2, card_works=True))
    print(f"tickets left: {tickets}")


asyncio.run(main())
