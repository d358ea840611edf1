# /// script
# requires-python = ">=3.13"
# ///
import asyncio


async def talk(reader, writer):
    await reader.read()
    print("server: this connection has ended")
    writer.close()


async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    reader, client = await asyncio.open_connection(*server.sockets[0].getsockname())
    await asyncio.sleep(0.2)
    server.close()
    try:
        server.close_clients()
        print("client got:", await reader.read())
    finally:
        client.close()
        await asyncio.sleep(0.2)


try:
    asyncio.run(main())
except AttributeError as error:
    print(f"{type(error).__name__}: {error}")
