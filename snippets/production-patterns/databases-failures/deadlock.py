# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def transfer(pool, source, target, pause):
    await asyncio.sleep(pause)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("UPDATE guide_deadlock SET money = money - 10 WHERE owner = $1", source)
        await asyncio.sleep(0.8)
        await connection.execute("UPDATE guide_deadlock SET money = money + 10 WHERE owner = $1", target)
    print(f"{source} to {target}: done")


async def main():
    async with asyncpg.create_pool(URL, min_size=2, max_size=2) as pool:
        await pool.execute("""
            DROP TABLE IF EXISTS guide_deadlock;
            CREATE TABLE guide_deadlock (owner text, money integer);
            INSERT INTO guide_deadlock VALUES ('Ada', 100), ('Ben', 100);
        """)
        orders = [transfer(pool, "Ada", "Ben", 0.0), transfer(pool, "Ben", "Ada", 0.4)]
        for failure in await asyncio.gather(*orders, return_exceptions=True):
            if failure is not None:
                print(f"{type(failure).__name__}: {failure}")
        print(dict(await pool.fetch("SELECT owner, money FROM guide_deadlock ORDER BY owner")))
        await pool.execute("DROP TABLE guide_deadlock")


asyncio.run(main())
