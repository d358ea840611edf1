# /// script
# dependencies = ["aiomysql"]
# [tool.runnable]
# services = ["mysql"]
# ///
import asyncio
import os
from urllib.parse import urlsplit

import aiomysql

URL = urlsplit(os.environ.get("MYSQL_URL", "mysql://guide:guide@127.0.0.1:3306/guide"))
SERVER = {"host": URL.hostname, "port": URL.port, "user": URL.username, "password": URL.password, "db": URL.path[1:]}


RUNNING = "SELECT count(*) FROM information_schema.processlist WHERE id = %s AND info LIKE %s"


async def running(cursor, number):
    await cursor.execute(RUNNING, (number, "%SLEEP(30)%"))
    (count,) = await cursor.fetchone()
    print("running on the server:", count)


async def main():
    async with aiomysql.create_pool(**SERVER, minsize=2, maxsize=2, autocommit=True) as pool:
        async with pool.acquire() as watcher, watcher.cursor() as cursor:
            try:
                async with asyncio.timeout(0.3), pool.acquire() as connection, connection.cursor() as slow:
                    number = connection.thread_id()
                    await slow.execute("SELECT SLEEP(30)")
            except TimeoutError:
                print("TimeoutError; connection closed:", connection.closed)
            await running(cursor, number)
            await cursor.execute("KILL %s", (number,))
            await asyncio.sleep(0.2)
            await running(cursor, number)
            async with pool.acquire() as connection, connection.cursor() as another:
                await another.execute("SELECT 42")
                print("another connection:", await another.fetchone())


asyncio.run(main())
