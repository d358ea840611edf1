import asyncio


async def is_up(host):
    await asyncio.sleep(0.3)
    return host != "mail"


async def main():
    hosts = ["web", "mail", "files"]
    up = list(filter(is_up, hosts))
    print("up:", *up)


asyncio.run(main())
