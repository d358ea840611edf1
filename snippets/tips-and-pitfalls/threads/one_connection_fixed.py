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


# --8<-- [start:pool]
class Pool:
    def __init__(self, connections):
        self.free = asyncio.Queue()
        for connection in connections:
            self.free.put_nowait(connection)

    async def query(self, country):
        connection = await self.free.get()
        try:
            return await connection.query(country)
        finally:
            self.free.put_nowait(connection)


async def ask(database, country):
    try:
        capital = await database.query(country)
        print(f"{country}: {capital}")
    except RuntimeError as error:
        print(f"{country}: {error}")


async def main():
    server = await asyncio.start_server(serve, HOST, 0)
    address = server.sockets[0].getsockname()
    connections = []
    for _ in range(2):
        streams = await asyncio.open_connection(*address)
        connections.append(Connection(*streams))
    pool = Pool(connections)
    async with asyncio.TaskGroup() as group:
        group.create_task(ask(pool, "Peru"))
        group.create_task(ask(pool, "Spain"))
    await ask(pool, "Kenya")
    for connection in connections:
        print("unread:", await connection.close())
    server.close()


# --8<-- [end:pool]


asyncio.run(main())
