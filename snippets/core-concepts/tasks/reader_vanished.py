import asyncio
import gc

gc.disable()


async def radio(reader, writer):
    await asyncio.sleep(0.6)
    print("radio: sends")
    writer.write(b"it rains\n")
    writer.close()


async def listen(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print("listener: waits for a line")
    line = await reader.readline()
    print("listener: hears", line)
    writer.close()


async def main():
    server = await asyncio.start_server(radio, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    asyncio.create_task(listen(port), name="listener")
    await asyncio.sleep(0.3)
    print("main: the garbage collector runs")
    gc.collect()
    await asyncio.sleep(0.6)
    print("main: ends")
    server.close()


asyncio.run(main())
