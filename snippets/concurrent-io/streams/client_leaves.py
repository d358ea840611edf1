import asyncio


async def handle(reader, writer):
    while True:
        line = await reader.readline()
        print("server: got", line)
        if not line.endswith(b"\n"):
            break
    print("server: the client has left")
    writer.close()
    await writer.wait_closed()
    left.set()


async def main():
    global left
    left = asyncio.Event()
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"a whole line\nhalf a li")
        await writer.drain()
        writer.close()
        await left.wait()


asyncio.run(main())
