import asyncio

MEGABYTE = bytes(1_000_000)


async def send(reader, writer):
    most = 0
    for _ in range(32):
        writer.write(MEGABYTE)
        most = max(most, writer.transport.get_write_buffer_size())
        await writer.drain()
    print(f"server: 32 MB written, at most {most / 1e6:.0f} MB waited in memory")
    writer.close()
    await writer.wait_closed()


async def receive(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in range(1, 33):
        await reader.readexactly(1_000_000)
        await asyncio.sleep(0.03)  # does something with it
        if number in (8, 32):
            print(f"client: {number} MB")
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(send, "127.0.0.1", 0) as server:
        await receive(server.sockets[0].getsockname()[1])


asyncio.run(main())
