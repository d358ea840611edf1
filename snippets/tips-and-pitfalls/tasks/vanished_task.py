import asyncio
import gc
import weakref

gc.disable()  # it shall run when we say so
alarms = weakref.WeakSet()


async def guard(name):
    alarm = asyncio.Event()
    alarms.add(alarm)
    print(f"{name}: on guard")
    await alarm.wait()
    print(f"{name}: hears the alarm")


async def main():
    asyncio.create_task(guard("Ana"))
    await asyncio.sleep(0.3)
    gc.collect()
    await asyncio.sleep(0.3)
    print("main: alarm")
    for alarm in list(alarms):
        alarm.set()
    await asyncio.sleep(0.1)


asyncio.run(main())
