# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND state = 'active'"


async def abandon(watcher, **settings):
    connection = await asyncpg.connect(URL, server_settings=settings)
    pid = connection.get_server_pid()
    query = asyncio.create_task(connection.execute("SELECT pg_sleep(60)"))
    await asyncio.sleep(0.1)
    connection.terminate()  # what the server sees when a program is killed: a closed socket, and no goodbye
    try:
        await query
    except asyncpg.ConnectionDoesNotExistError as error:
        print("in the program:", error)
    await asyncio.sleep(0.3)
    print("running on the server:", await watcher.fetchval(RUNNING, pid))
    await watcher.execute("SELECT pg_terminate_backend($1)", pid)


async def main():
    watcher = await asyncpg.connect(URL)
    try:
        await abandon(watcher)
        await abandon(watcher, client_connection_check_interval="50ms")
    finally:
        await watcher.close()


asyncio.run(main())
