import asyncio


async def add_up(reader, writer):
    numbers = await reader.read()
    print("server: that was all")
    await asyncio.sleep(0.3)
    writer.write(f"{sum(map(int, numbers.split()))}\n".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in [3, 4, 5]:
        print(f"client: {number}")
        writer.write(f"{number}\n".encode())
        await asyncio.sleep(0.1)
    print("client: that was all")
    writer.write_eof()
    print("client: the sum is", (await reader.read()).decode().rstrip())
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(add_up, "127.0.0.1", 0) as server:
        await client(server.sockets[0].getsockname()[1])


asyncio.run(main())
