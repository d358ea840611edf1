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


async def report(pool, name, seconds):
    async with pool.acquire() as connection, connection.cursor() as cursor:
        await cursor.execute("SELECT SLEEP(%s)", (seconds,))
        print(name, "is done")


async def main():
    async with aiomysql.create_pool(**SERVER, minsize=2, maxsize=2) as pool:
        async with asyncio.TaskGroup() as group:
            for name, seconds in [("sales", 0.4), ("stock", 0.7), ("staff", 0.6)]:
                group.create_task(report(pool, name, seconds))
            await asyncio.sleep(0.05)
            print("connections:", pool.size, "free:", pool.freesize)
            try:
                async with asyncio.timeout(0.05):  # acquire has no timeout of its own
                    await pool.acquire()
            except TimeoutError:
                print("no connection within 0.05 s")


asyncio.run(main())
