# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def transfer(connection, source, target, amount):
    async with connection.transaction():
        await connection.execute("UPDATE account SET money = money + $1 WHERE owner = $2", amount, target)
        await connection.execute("UPDATE account SET money = money - $1 WHERE owner = $2", amount, source)


async def main():
    connection = await asyncpg.connect(URL)
    try:
        await connection.execute("""
            CREATE TEMP TABLE account (owner text, money integer CHECK (money >= 0));
            INSERT INTO account VALUES ('Ada', 100), ('Ben', 0);
        """)
        for amount in [70, 70]:
            try:
                await transfer(connection, "Ada", "Ben", amount)
            except asyncpg.CheckViolationError as error:
                print("not done:", error)
            print(dict(await connection.fetch("SELECT owner, money FROM account ORDER BY owner")))
    finally:
        await connection.close()


asyncio.run(main())
