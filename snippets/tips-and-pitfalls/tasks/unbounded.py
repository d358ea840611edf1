import asyncio
from collections import Counter

HOST = "127.0.0.1"
busy = 0


async def serve(reader, writer):
    """Serves four at a time, and turns others away."""
    global busy
    busy += 1
    await reader.readline()
    if busy <= 4:
        await asyncio.sleep(0.4)
        reply = b"served"
    else:
        reply = b"turned away"
    busy -= 1
    writer.write(reply)
    writer.close()


# --8<-- [start:client]
async def ask(address):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(b"a photo, please\n")
    reply = await reader.read()
    writer.close()
    return reply.decode()


async def main():
    server = await asyncio.start_server(serve, HOST, 0)
    address = server.sockets[0].getsockname()
    asked = [ask(address) for _ in range(12)]
    replies = Counter(await asyncio.gather(*asked))
    print("served:", replies["served"])
    print("turned away:", replies["turned away"])
    server.close()


# --8<-- [end:client]


asyncio.run(main())
