# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


STATE = "SELECT state, query FROM pg_stat_activity WHERE pid = $1"


async def give_up(connection, watcher, query):
    task = asyncio.create_task(query)
    await asyncio.sleep(0.2)
    print("while it runs:", await watcher.fetchrow(STATE, connection.get_server_pid()))
    try:
        await task
    except TimeoutError:
        print("TimeoutError; the connection still works:", await connection.fetchval("SELECT 42"))
    print("afterwards:", await watcher.fetchrow(STATE, connection.get_server_pid()))


async def main():
    connection, watcher = await asyncpg.connect(URL), await asyncpg.connect(URL)
    try:
        await give_up(connection, watcher, connection.execute("SELECT pg_sleep(30)", timeout=0.5))
        await give_up(connection, watcher, asyncio.wait_for(connection.execute("SELECT pg_sleep(40)"), 0.5))
    finally:
        await asyncio.gather(connection.close(), watcher.close())


asyncio.run(main())
