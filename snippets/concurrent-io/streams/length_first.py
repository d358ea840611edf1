import asyncio


async def send_message(writer, data):
    writer.write(len(data).to_bytes(4) + data)
    await writer.drain()


async def read_message(reader):
    length = int.from_bytes(await reader.readexactly(4))
    return await reader.readexactly(length)


async def handle(reader, writer):
    try:
        while True:
            print("server: message", await read_message(reader))
    except asyncio.IncompleteReadError as error:
        print("server: end, cut off:", error.partial)
    writer.close()
    await writer.wait_closed()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await send_message(writer, b"first")
    await send_message(writer, b"second,\nof two lines")
    writer.write(b"\0\0")  # begins a third one
    writer.write_eof()
    await reader.read()
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        await client(server.sockets[0].getsockname()[1])


asyncio.run(main())
