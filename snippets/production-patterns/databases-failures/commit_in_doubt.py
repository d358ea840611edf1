# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


HOST, PORT = URL.rsplit("@", 1)[1].split("/")[0].split(":")


# --8<-- [start:client]
LOST = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError)


async def pay(pool, key):
    for attempt in [1, 2]:
        try:
            async with pool.acquire() as connection, connection.transaction():
                await connection.execute("INSERT INTO guide_doubt VALUES ($1, 10) ON CONFLICT DO NOTHING", key)
            print(f"attempt {attempt}: done")
            return
        except LOST as error:
            print(f"attempt {attempt}: {type(error).__name__}")


async def main(port):
    async with asyncpg.create_pool(URL, host="127.0.0.1", port=port, ssl=False, min_size=1, max_size=1) as pool:
        await pool.execute(
            "DROP TABLE IF EXISTS guide_doubt; CREATE TABLE guide_doubt (key text UNIQUE, money integer)"
        )
        for key in [None, "order 7"]:  # a unique column takes any number of nulls
            cut_at_commit.set()
            await pay(pool, key)
            paid = await pool.fetchval("SELECT sum(money) FROM guide_doubt WHERE key IS NOT DISTINCT FROM $1", key)
            print(f"with {key or 'no key'}: paid {paid} for something that costs 10")
        await pool.execute("DROP TABLE guide_doubt")


# --8<-- [end:client]
# A way to the database that breaks when a COMMIT has gone through, before the answer has come back.
cut_at_commit = asyncio.Event()


async def pipe(reader, writer, back):
    while data := await reader.read(65536):
        writer.write(data)
        if b"COMMIT" in data and cut_at_commit.is_set():
            cut_at_commit.clear()
            back.transport.abort()
    writer.close()


async def relay(reader, writer):
    server_reader, server_writer = await asyncio.open_connection(HOST, PORT)
    ways = pipe(reader, server_writer, writer), pipe(server_reader, writer, server_writer)
    await asyncio.gather(*ways, return_exceptions=True)


async def with_relay():
    async with await asyncio.start_server(relay, "127.0.0.1", 0) as server:
        await main(server.sockets[0].getsockname()[1])


asyncio.run(with_relay())
