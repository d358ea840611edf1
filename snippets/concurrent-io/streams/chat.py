import asyncio

# --8<-- [start:server]
members = {}


def tell_all(text):
    for writer in members.values():
        writer.write(f"{text}\n".encode())


async def handle(reader, writer):
    name = (await reader.readline()).decode().strip()
    members[name] = writer
    tell_all(f"* {name} is here")
    try:
        async for line in reader:
            tell_all(f"{name}: {line.decode().strip()}")
            await writer.drain()
    finally:
        del members[name]
        tell_all(f"* {name} is gone")
        writer.close()
        await writer.wait_closed()


# --8<-- [end:server]
async def listen(name, reader):
    async for line in reader:
        print(f"{name} reads   {line.decode().strip()}")


async def member(port, name, *sayings):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    listening = asyncio.create_task(listen(name, reader))
    writer.write(f"{name}\n".encode())
    for text in sayings:
        await asyncio.sleep(0.6)
        writer.write(f"{text}\n".encode())
    await asyncio.sleep(0.6)
    writer.write_eof()
    await listening
    writer.close()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with asyncio.TaskGroup() as group:
            group.create_task(member(port, "Ada", "good morning", "bye"))
            await asyncio.sleep(0.3)
            group.create_task(member(port, "Ben", "hello Ada", "nice day", "anyone?"))


asyncio.run(main())
