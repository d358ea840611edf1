# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def sell(pool, isolation):
    async with pool.acquire() as connection, connection.transaction(isolation=isolation):
        lamps = await connection.fetchval("SELECT lamps FROM guide_stock")
        await asyncio.sleep(0.15)  # it thinks about it
        await connection.execute("UPDATE guide_stock SET lamps = $1", lamps - 1)


async def main():
    async with asyncpg.create_pool(URL, min_size=2, max_size=2) as pool:
        await pool.execute("DROP TABLE IF EXISTS guide_stock; CREATE TABLE guide_stock (lamps integer)")
        await pool.execute("INSERT INTO guide_stock VALUES (0)")
        for isolation in ["read_committed", "repeatable_read"]:
            await pool.execute("UPDATE guide_stock SET lamps = 10")
            ends = await asyncio.gather(*(sell(pool, isolation) for _ in range(2)), return_exceptions=True)
            failures = [f"{type(end).__name__}: {end}" for end in ends if end is not None]
            left = await pool.fetchval("SELECT lamps FROM guide_stock")
            print(f"{isolation}: sold {ends.count(None)}, left {left} of 10", *failures, sep="\n  ")
        await pool.execute("DROP TABLE guide_stock")


asyncio.run(main())
