# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def report(connection, name):
    try:
        await connection.execute("SELECT pg_sleep(0.2)")
        print(name, "is done")
    except asyncpg.InterfaceError as error:
        print(f"{name}: {error}")


async def main():
    connection = await asyncpg.connect(URL)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(report(connection, "sales"))
            group.create_task(report(connection, "stock"))
    finally:
        await connection.close()


asyncio.run(main())
