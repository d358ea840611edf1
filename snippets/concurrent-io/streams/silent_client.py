import asyncio


async def handle(reader, writer):
    try:
        async with asyncio.timeout(0.5):
            name = (await reader.readline()).decode().strip()
        writer.write(f"hello, {name}\n".encode())
        await writer.drain()
    except TimeoutError:
        print("server: says nothing, is sent away")
    finally:
        writer.close()
        await writer.wait_closed()


async def client(port, name):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    if name:
        await asyncio.sleep(0.2)
        writer.write(f"{name}\n".encode())
    answer = await reader.read()
    print(f"{name or 'silent'} client: got {answer}")
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await asyncio.gather(client(port, "Ada"), client(port, ""))


asyncio.run(main())
