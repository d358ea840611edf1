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
    connection = await asyncpg.connect(URL, server_settings={"statement_timeout": "200ms"})
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_sleep(30)")
    except asyncpg.QueryCanceledError as error:
        print(f"{type(error).__name__}: {error}")
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL statement_timeout = '5s'")
            print("this one may take longer:", await connection.fetchval("SELECT 42 FROM pg_sleep(0.3)"))
    finally:
        await connection.close()


asyncio.run(main())
