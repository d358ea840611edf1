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


async def main():
    for wrong in [{"password": "wrong"}, {"port": 1}]:
        try:
            await aiomysql.connect(**{**SERVER, **wrong})
        except aiomysql.OperationalError as error:
            print("connect:", error.args[0], error)

    async with aiomysql.create_pool(**SERVER, minsize=2, maxsize=2, autocommit=True) as pool:
        async with pool.acquire() as administrator, administrator.cursor() as cursor:
            async with pool.acquire() as connection, connection.cursor() as slow:
                query = asyncio.create_task(slow.execute("SELECT SLEEP(30)"))
                await asyncio.sleep(0.2)
                await cursor.execute("KILL %s", (connection.thread_id(),))
                try:
                    await query
                except aiomysql.OperationalError as error:
                    print("query:", error)
            async with pool.acquire() as connection, connection.cursor() as another:
                await another.execute("SELECT 42")
                print("another connection:", await another.fetchone())


asyncio.run(main())
