import asyncio
import threading

lock = threading.Lock()


async def use(name):
    if not lock.acquire(timeout=0.6):
        print(f"{name}: no lock after 0.6 s, gives up")
        return
    print(f"{name}: has the lock")
    await asyncio.sleep(0.2)
    lock.release()
    print(f"{name}: has released it")


async def main():
    await asyncio.gather(use("Ada"), use("Ben"))


asyncio.run(main())
