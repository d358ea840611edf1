import asyncio
import uuid

answers_after = iter([1, 0.1, 1, 0.1])
payments = {}


async def pay(cents, key):
    payments.setdefault(key, cents)
    await asyncio.sleep(next(answers_after))
    return "paid"


async def retry_once(cents, make_key):
    for _ in range(2):
        try:
            async with asyncio.timeout(0.5):
                return await pay(cents, make_key())
        except TimeoutError:
            print("  no answer, so once more")


async def main():
    print("a new key each time:", await retry_once(500, uuid.uuid4))
    print("  taken from the account:", sum(payments.values()))

    payments.clear()
    key = uuid.uuid4()
    print("one key for the order:", await retry_once(500, lambda: key))
    print("  taken from the account:", sum(payments.values()))


asyncio.run(main())
