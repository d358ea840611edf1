import asyncio


async def handle(reader, writer):
    print("server: read", await reader.read(100))
    print("server: read", await reader.read(100))
    writer.close()
    await writer.wait_closed()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"first message")
    writer.write(b"second message")
    await asyncio.sleep(0.3)
    writer.write(b"third")
    await asyncio.sleep(0.3)
    writer.write(b" message")
    await reader.read()
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        await client(server.sockets[0].getsockname()[1])


asyncio.run(main())
