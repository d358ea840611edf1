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
    administrator = await asyncpg.connect(URL)
    async with asyncpg.create_pool(URL, min_size=1, max_size=1) as pool:
        async with pool.acquire() as connection:
            pid = connection.get_server_pid()
            query = asyncio.create_task(connection.execute("SELECT pg_sleep(30)"))
            await asyncio.sleep(0.2)
            await administrator.execute("SELECT pg_terminate_backend($1)", pid)
            try:
                await query
            except asyncpg.PostgresConnectionError as error:
                print(f"{type(error).__name__}: {error}")
            try:
                await connection.fetchval("SELECT 42")
            except asyncpg.InterfaceError as error:
                print(f"{type(error).__name__}: {error}")
        async with pool.acquire() as connection:
            print("the same connection:", connection.get_server_pid() == pid)
            print("answer:", await connection.fetchval("SELECT 42"))
    await administrator.close()


asyncio.run(main())
