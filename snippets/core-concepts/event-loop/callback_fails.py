import asyncio


def report(loop, context):
    print("handler:", context["exception"])


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(report)
    loop.call_later(0.2, int, "twelve")
    try:
        await asyncio.sleep(0.4)
    except ValueError:
        print("main: caught it")
    print("main: goes on")


asyncio.run(main())
