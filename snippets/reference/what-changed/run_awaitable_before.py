# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


class Promise:
    def __await__(self):
        yield from asyncio.sleep(0.2).__await__()
        return "kept"


try:
    print("the promise was", asyncio.run(Promise()))
except ValueError as error:
    print(f"{type(error).__name__}: {str(error).partition(',')[0]}")
