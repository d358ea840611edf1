import asyncio


async def narrow():
    try:
        await asyncio.sleep(1)
    except Exception as error:
        print("except Exception: got", repr(error))
    print("except Exception: goes on")


async def bare():
    try:
        await asyncio.sleep(1)
    except:
        print("bare except: got it")
    print("bare except: goes on")


async def honest():
    try:
        await asyncio.sleep(1)
    except BaseException as error:
        print("except BaseException: got", repr(error))
        raise
    print("except BaseException: goes on")


async def main():
    for handler in (narrow, bare, honest):
        task = asyncio.create_task(handler())
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.wait([task])
        print(f"{handler.__name__}: cancelled:", task.cancelled())


asyncio.run(main())
