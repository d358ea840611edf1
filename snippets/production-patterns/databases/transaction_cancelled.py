# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def slow_order(connection):
    async with connection.transaction():
        await connection.execute("INSERT INTO item VALUES ('lamp')")
        print("inside:", await connection.fetchval("SELECT count(*) FROM item"), "item")
        await asyncio.sleep(1)
        await connection.execute("INSERT INTO item VALUES ('cable')")


async def main():
    connection = await asyncpg.connect(URL)
    try:
        await connection.execute("CREATE TEMP TABLE item (name text)")
        try:
            async with asyncio.timeout(0.4):
                await slow_order(connection)
        except TimeoutError:
            print("cancelled; in a transaction:", connection.is_in_transaction())
        print("afterwards:", await connection.fetchval("SELECT count(*) FROM item"), "items")
    finally:
        await connection.close()


asyncio.run(main())
