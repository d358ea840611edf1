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
async def main(port, lose):
    limits = {"timeout": 5, "command_timeout": 0.5}  # to connect, and for each query
    async with asyncpg.create_pool(URL, host="127.0.0.1", port=port, min_size=0, max_size=1, **limits) as pool:
        print("before:", await pool.fetchval("SELECT 42"))
        lose.set()
        try:
            await pool.fetchval("SELECT 42")
        except TimeoutError:
            print("TimeoutError; connections left:", pool.get_size())
        lose.clear()
        print("again:", await pool.fetchval("SELECT 42"))


# --8<-- [end:client]
# A way to the database that loses everything while `lose` is set, as a broken network does.
lose = asyncio.Event()


async def pipe(reader, writer):
    while data := await reader.read(65536):
        if not lose.is_set():
            writer.write(data)
    writer.close()


async def relay(reader, writer):
    server_reader, server_writer = await asyncio.open_connection(HOST, PORT)
    await asyncio.gather(pipe(reader, server_writer), pipe(server_reader, writer), return_exceptions=True)


async def with_relay():
    async with await asyncio.start_server(relay, "127.0.0.1", 0) as server:
        await main(server.sockets[0].getsockname()[1], lose)


asyncio.run(with_relay())
