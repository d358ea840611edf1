# /// script
# [tool.runnable]
# exit = 1
# ///
import asyncio


async def log_in(user):
    await asyncio.sleep(0.3)
    return f"{user} is logged in"


class Client:
    def __init__(self, user):
        self.session = asyncio.run(log_in(user))


async def main():
    print("main: connects")
    client = Client("Ada")
    print("main:", client.session)


asyncio.run(main())
