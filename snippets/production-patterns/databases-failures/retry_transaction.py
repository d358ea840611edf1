# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os
import random

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


TRANSIENT = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


# --8<-- [start:retry]
async def in_transaction(pool, work, attempts=20):
    for attempt in range(1, attempts + 1):
        try:
            async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
                return await work(connection)
        except TRANSIENT:
            if attempt == attempts:
                raise
        await asyncio.sleep(random.uniform(0, 0.02 * attempt))


async def sell(connection):
    lamps = await connection.fetchval("SELECT lamps FROM guide_lamps")
    await asyncio.sleep(0.01)
    await connection.execute("UPDATE guide_lamps SET lamps = $1", lamps - 1)
    return lamps


async def main():
    async with asyncpg.create_pool(URL, min_size=4, max_size=4) as pool:
        await pool.execute("DROP TABLE IF EXISTS guide_lamps; CREATE TABLE guide_lamps AS SELECT 10 AS lamps")
        sold = await asyncio.gather(*(in_transaction(pool, sell) for _ in range(8)))
        print("sold:", sorted(sold, reverse=True))
        print("left:", await pool.fetchval("SELECT lamps FROM guide_lamps"))
        await pool.execute("DROP TABLE guide_lamps")


# --8<-- [end:retry]
asyncio.run(main())
