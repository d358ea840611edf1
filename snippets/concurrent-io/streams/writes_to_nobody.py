import asyncio


async def tick(reader, writer):
    try:
        for number in range(1, 10):
            writer.write(f"tick {number}\n".encode())
            await writer.drain()
            print(f"server: tick {number} is sent")
            await asyncio.sleep(0.6)
    except ConnectionError as error:
        print("server:", type(error).__name__)
    finally:
        writer.close()
        noticed.set()


async def main():
    global noticed
    noticed = asyncio.Event()
    async with await asyncio.start_server(tick, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        print("client: got", await reader.readline())
        await asyncio.sleep(0.3)
        print("client: leaves")
        writer.close()
        await noticed.wait()


asyncio.run(main())
