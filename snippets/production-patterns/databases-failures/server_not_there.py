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


# --8<-- [start:connect]
async def connect(port, attempts=6):
    pause = 0.1
    for attempt in range(1, attempts + 1):
        try:
            return await asyncpg.connect(URL, host="127.0.0.1", port=port, timeout=2)
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError) as error:
            print(f"attempt {attempt}: {type(error).__name__}")
            if attempt == attempts:
                raise
        await asyncio.sleep(pause)
        pause *= 2


async def main(port):
    connection = await connect(port)
    print("connected:", await connection.fetchval("SELECT 42"))
    await connection.close()


# --8<-- [end:connect]
# Nothing listens on a port for half a second; after that, it leads to the database.
async def pipe(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


async def relay(reader, writer):
    server_reader, server_writer = await asyncio.open_connection(HOST, PORT)
    await asyncio.gather(pipe(reader, server_writer), pipe(server_reader, writer))


async def late_server():
    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    client = asyncio.create_task(main(port))
    await asyncio.sleep(0.5)
    async with await asyncio.start_server(relay, "127.0.0.1", port):
        await client


asyncio.run(late_server())
