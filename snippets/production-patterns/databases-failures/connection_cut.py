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
async def main(port, cut):
    async with asyncpg.create_pool(URL, host="127.0.0.1", port=port, min_size=1, max_size=1) as pool:
        query = asyncio.create_task(pool.fetchval("SELECT 42 FROM pg_sleep(30)"))
        await asyncio.sleep(0.2)
        cut()
        try:
            await query
        except (asyncpg.ConnectionDoesNotExistError, OSError) as error:
            print(f"{type(error).__name__}: {error}")
        print("again:", await pool.fetchval("SELECT 42"))


# --8<-- [end:client]
# A way to the database that can be cut.
ways = []


async def pipe(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


async def relay(reader, writer):
    server_reader, server_writer = await asyncio.open_connection(HOST, PORT)
    ways[:] = [writer, server_writer]
    await asyncio.gather(pipe(reader, server_writer), pipe(server_reader, writer), return_exceptions=True)


def cut():
    for writer in ways:
        writer.transport.abort()


async def with_relay():
    async with await asyncio.start_server(relay, "127.0.0.1", 0) as server:
        await main(server.sockets[0].getsockname()[1], cut)


asyncio.run(with_relay())
