import asyncio
import time

balance = 100


def withdraw(amount, seconds):
    global balance
    seen = balance
    time.sleep(seconds)
    balance = seen - amount


async def take_turns(lock, amount, seconds):
    async with lock:
        await asyncio.to_thread(withdraw, amount, seconds)


async def main():
    global balance
    await asyncio.gather(asyncio.to_thread(withdraw, 30, 0.2), asyncio.to_thread(withdraw, 50, 0.4))
    print(f"two threads at once: {balance}")

    balance = 100
    lock = asyncio.Lock()
    await asyncio.gather(take_turns(lock, 30, 0.2), take_turns(lock, 50, 0.4))
    print(f"one thread at a time: {balance}")


asyncio.run(main())
