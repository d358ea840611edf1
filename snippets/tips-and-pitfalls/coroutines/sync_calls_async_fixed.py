import asyncio
import itertools


async def is_up(host):
    await asyncio.sleep(0.3)
    return host != "mail"


async def main():
    hosts = ["web", "mail", "files"]
    checks = await asyncio.gather(*map(is_up, hosts))
    up = list(itertools.compress(hosts, checks))
    print("up:", *up)


asyncio.run(main())
