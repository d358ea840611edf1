import asyncio


async def handle(reader, writer):
    try:
        async with asyncio.timeout(1):
            line = await reader.readline()
        writer.write(b"hello, " + line)
    except TimeoutError:
        pass
    finally:
        writer.close()
        await writer.wait_closed()


async def talker(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(0.1)
    writer.write(b"Ada\n")
    print("talker: got", await reader.read())
    writer.close()


async def silent(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(1.8):
            await reader.read()
        print("silent: the server has closed")
    except TimeoutError:
        print("silent: still connected")
        writer.write_eof()
        await reader.read()
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await asyncio.gather(talker(port), silent(port))


asyncio.run(main())
