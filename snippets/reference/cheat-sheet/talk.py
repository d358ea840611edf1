import asyncio


# --8<-- [start:recipe]
async def answer(reader, writer):
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def main():
    serving = asyncio.start_server(answer, "127.0.0.1", 0)
    async with await serving as server:
        place = server.sockets[0].getsockname()
        reader, writer = await asyncio.open_connection(*place)
        writer.write(b"soup, please\n")
        print((await reader.readline()).decode().strip())
        writer.close()
        await writer.wait_closed()


# --8<-- [end:recipe]


asyncio.run(main())
