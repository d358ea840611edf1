# /// script
# requires-python = ">=3.11.7"
# ///
import asyncio


async def handle(reader, writer):
    guests = int(await reader.readline())
    writer.write(f"{60 // guests} g each\n".encode())
    writer.close()
    await writer.wait_closed()


async def client(port, guests):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{guests}\n".encode())
    print(f"client: {guests} guests ->", await reader.read())
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for guests in [5, 0, 4]:
            await client(port, guests)


asyncio.run(main())
