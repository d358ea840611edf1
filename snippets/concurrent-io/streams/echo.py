import asyncio


async def handle(reader, writer):
    try:
        while line := await reader.readline():
            print(f"server: got {line}")
            writer.write(line.upper())
            await writer.drain()
    finally:
        writer.close()
        await writer.wait_closed()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for text in ["hello", "is it you?"]:
        writer.write(f"{text}\n".encode())
        await writer.drain()
        answer = await reader.readline()
        print(f"client: {text} -> {answer.decode().rstrip()}")
        await asyncio.sleep(0.2)
    writer.write_eof()
    await reader.read()  # until the server has closed too
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        await client(server.sockets[0].getsockname()[1])


asyncio.run(main())
