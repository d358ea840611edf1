# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def report(pool):
    async with pool.acquire():
        await asyncio.sleep(0.5)  # a slow web request in here, while the connection does nothing


async def main():
    async with asyncpg.create_pool(URL, min_size=1, max_size=1) as pool:
        busy = asyncio.create_task(report(pool))
        await asyncio.sleep(0)
        try:
            async with pool.acquire(timeout=0.2) as connection:
                print(await connection.fetchval("SELECT 42"))
        except TimeoutError:
            print(f"no connection within 0.2 s: {pool.get_size()} open, {pool.get_idle_size()} idle")
        await busy
        print("later:", await pool.fetchval("SELECT 42"))


asyncio.run(main())
