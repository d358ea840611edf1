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
        await connection.execute("CREATE TEMP TABLE guest (name text, seat integer)")

        name = "Bobby'); DROP TABLE guest; --"
        await connection.execute("INSERT INTO guest VALUES ($1, $2)", name, 7)
        print("as a parameter:", await connection.fetchval("SELECT name FROM guest"))

        try:
            await connection.execute("INSERT INTO guest VALUES ($1, $2)", "Ada", "8")
        except asyncpg.DataError as error:
            print("wrong type:", error)

        seats = [7, 9]
        print("a list:", await connection.fetchval("SELECT count(*) FROM guest WHERE seat = ANY($1)", seats))

        await connection.execute(f"INSERT INTO guest (name) VALUES ('{name}')")
        try:
            await connection.fetch("SELECT name FROM guest")
        except asyncpg.UndefinedTableError as error:
            print("as a part of the text:", error)
    finally:
        await connection.close()


asyncio.run(main())
