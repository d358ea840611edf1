# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def customer_of(pool, order):
    async with pool.acquire() as connection:
        return await connection.fetchval("SELECT 'the customer of ' || $1", order)


async def bill(pool, order):
    async with pool.acquire() as connection:
        await connection.execute("SELECT pg_sleep(0.1)")
        print("bill for", await customer_of(pool, order))


async def main():
    async with asyncpg.create_pool(URL, min_size=2, max_size=2) as pool:
        await bill(pool, "order 1")
        try:
            async with asyncio.timeout(0.4):
                await asyncio.gather(bill(pool, "order 2"), bill(pool, "order 3"))
        except TimeoutError:
            print("each has a connection, and waits for another")


asyncio.run(main())
