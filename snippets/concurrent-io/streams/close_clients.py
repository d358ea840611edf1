# /// script
# requires-python = ">=3.13"
# ///
import asyncio


async def handle(reader, writer):
    print("server: a client is there")
    await reader.read()
    print("server: its connection is closed")
    writer.close()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = await reader.read()
    print("client: the server has closed, and sent", answer)
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with asyncio.TaskGroup() as group:
        group.create_task(client(server.sockets[0].getsockname()[1]))
        await asyncio.sleep(0.2)
        print("main: no new clients")
        server.close()
        try:
            async with asyncio.timeout(0.5):
                await server.wait_closed()
        except TimeoutError:
            print("main: one is still there")
        server.close_clients()
        await server.wait_closed()
        print("main: all are gone")


asyncio.run(main())
