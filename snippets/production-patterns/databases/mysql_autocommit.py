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


async def insert(name, **settings):
    connection = await aiomysql.connect(**SERVER, **settings)
    async with connection.cursor() as cursor:
        await cursor.execute("INSERT INTO guide_note VALUES (%s)", (name,))
    if name == "committed":
        await connection.commit()
    connection.close()


async def main():
    connection = await aiomysql.connect(**SERVER, autocommit=True)
    async with connection.cursor() as cursor:
        await cursor.execute("CREATE OR REPLACE TABLE guide_note (name varchar(20))")
        await insert("forgotten")
        await insert("committed")
        await insert("autocommitted", autocommit=True)
        await cursor.execute("SELECT name FROM guide_note")
        print([name for (name,) in await cursor.fetchall()])
        await cursor.execute("DROP TABLE guide_note")
    connection.close()


asyncio.run(main())
