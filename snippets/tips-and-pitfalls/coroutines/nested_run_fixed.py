import asyncio


async def log_in(user):
    await asyncio.sleep(0.3)
    return f"{user} is logged in"


class Client:
    @classmethod
    async def connect(cls, user):
        client = cls()
        client.session = await log_in(user)
        return client


async def main():
    print("main: connects")
    client = await Client.connect("Ada")
    print("main:", client.session)


asyncio.run(main())
