# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


async def talk(reader, writer):
    print("server: a client is here")
    await reader.read()
    writer.close()
    print("server: the client has gone")


async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    _, client = await asyncio.open_connection(*server.sockets[0].getsockname())
    await asyncio.sleep(0.3)
    server.close()
    asyncio.get_running_loop().call_later(0.3, client.close)
    await server.wait_closed()
    print("main: the server is closed")
    await asyncio.sleep(0.6)


asyncio.run(main())
