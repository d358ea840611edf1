# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def main():
    connection = await asyncpg.connect(URL)
    try:
        async with connection.transaction():
            numbers = connection.cursor("SELECT n FROM generate_series(1, 1000000) AS n", prefetch=100)
            async for row in numbers:
                if row["n"] ** 2 > 1_000_000:
                    print("found", row["n"])
                    break
        try:
            async for row in connection.cursor("SELECT 1"):
                print(row)
        except asyncpg.NoActiveSQLTransactionError as error:
            print(error)
    finally:
        await connection.close()


asyncio.run(main())
