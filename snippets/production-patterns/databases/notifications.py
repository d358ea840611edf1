# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def sell(pool):
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_notify('guide_sold', 'lamp')")
        await asyncio.sleep(0.2)
        print("seller: commits")


async def main():
    async with asyncpg.create_pool(URL, min_size=2, max_size=2) as pool:
        sold = asyncio.Queue()

        def heard(connection, pid, channel, payload):
            sold.put_nowait(payload)

        async with pool.acquire() as listener:
            await listener.add_listener("guide_sold", heard)
            async with asyncio.TaskGroup() as group:
                group.create_task(sell(pool))
                print("listener: sold:", await sold.get())
            await listener.remove_listener("guide_sold", heard)


asyncio.run(main())
