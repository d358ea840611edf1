import asyncio


async def handle(reader, writer):
    while True:
        try:
            line = await reader.readline()
        except ValueError as error:
            print("server: ValueError:", error)
            continue
        if not line:
            break
        print("server: got", line)
    writer.close()
    await writer.wait_closed()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"short\n")
    writer.write(b"x" * 100 + b"\n")
    writer.write(b"short again\n")
    writer.write_eof()
    await reader.read()
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0, limit=50) as server:
        await client(server.sockets[0].getsockname()[1])


asyncio.run(main())
