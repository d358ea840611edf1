import asyncio

HOST = "127.0.0.1"
CAPITALS = {
    "Peru": ("Lima", 0.2),
    "Spain": ("Madrid", 0.4),
    "Kenya": ("Nairobi", 0.2),
}


async def serve(reader, writer):
    """A database: answers one question after another."""
    while line := await reader.readline():
        capital, seconds = CAPITALS[line.decode().strip()]
        await asyncio.sleep(seconds)
        writer.write(f"{capital}\n".encode())
    writer.close()


# --8<-- [start:client]
class Connection:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def query(self, country):
        self.writer.write(f"{country}\n".encode())
        line = await self.reader.readline()
        return line.decode().strip()

    async def close(self):
        self.writer.write_eof()
        rest = await self.reader.read()
        self.writer.close()
        return rest


async def ask(database, country):
    try:
        capital = await database.query(country)
        print(f"{country}: {capital}")
    except RuntimeError as error:
        print(f"{country}: {error}")


async def main():
    server = await asyncio.start_server(serve, HOST, 0)
    address = server.sockets[0].getsockname()
    streams = await asyncio.open_connection(*address)
    connection = Connection(*streams)
    async with asyncio.TaskGroup() as group:
        group.create_task(ask(connection, "Peru"))
        group.create_task(ask(connection, "Spain"))
    await ask(connection, "Kenya")
    print("unread:", await connection.close())
    server.close()


# --8<-- [end:client]


asyncio.run(main())
