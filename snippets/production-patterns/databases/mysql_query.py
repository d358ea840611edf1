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
    connection = await aiomysql.connect(**SERVER)
    try:
        async with connection.cursor(aiomysql.DictCursor) as cursor:
            await cursor.execute("CREATE TEMPORARY TABLE city (name varchar(20), degrees int)")
            cities = [("Oslo", 4), ("Cairo", 31), ("Lima", 19)]
            await cursor.executemany("INSERT INTO city VALUES (%s, %s)", cities)
            await cursor.execute("SELECT * FROM city WHERE degrees > %s ORDER BY name", (10,))
            print(await cursor.fetchall())
        async with connection.cursor(aiomysql.SSCursor) as cursor:  # leaves the rows on the server
            await cursor.execute(
                "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT * FROM n"
            )
            print(await cursor.fetchone(), await cursor.fetchmany(3))
    finally:
        connection.close()


asyncio.run(main())
