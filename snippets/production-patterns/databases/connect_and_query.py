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
        await connection.execute("CREATE TEMP TABLE city (name text PRIMARY KEY, degrees integer)")
        cities = [("Oslo", 4), ("Cairo", 31), ("Lima", 19)]
        await connection.executemany("INSERT INTO city VALUES ($1, $2)", cities)

        for row in await connection.fetch("SELECT * FROM city WHERE degrees > $1 ORDER BY name", 10):
            print(row["name"], "has", row["degrees"], "degrees")
        coldest = await connection.fetchrow("SELECT * FROM city ORDER BY degrees")
        print("coldest:", coldest)
        print("nobody:", await connection.fetchrow("SELECT * FROM city WHERE name = $1", "Rome"))
        print("how many:", await connection.fetchval("SELECT count(*) FROM city"))
        print("status:", await connection.execute("UPDATE city SET degrees = degrees + 1"))
    finally:
        await connection.close()


asyncio.run(main())
