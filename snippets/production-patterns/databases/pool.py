# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def report(pool, name, seconds):
    async with pool.acquire() as connection:
        print(name, "begins")
        await connection.execute("SELECT pg_sleep($1)", seconds)
        print(name, "is done")


async def main():
    async with asyncpg.create_pool(URL, min_size=2, max_size=2) as pool:
        print("connections:", pool.get_size(), "idle:", pool.get_idle_size())
        async with asyncio.TaskGroup() as group:
            for name, seconds in [("sales", 0.2), ("stock", 0.4), ("staff", 0.4)]:
                group.create_task(report(pool, name, seconds))
            await asyncio.sleep(0.1)
            print("connections:", pool.get_size(), "idle:", pool.get_idle_size())
        print("connections:", pool.get_size(), "idle:", pool.get_idle_size())


asyncio.run(main())
