import asyncio
import sys
import tempfile
from pathlib import Path

SUM = "import time; time.sleep(0.4); print(sum(range(1000)))"


async def run_a_program():
    print("program: begins")
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SUM, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    print("program: printed", output.decode().strip())


async def answer(reader, writer):
    await asyncio.sleep(0.8)
    writer.write(b"19 degrees\n")
    writer.close()
    await writer.wait_closed()


async def ask_a_server(port):
    print("server: asked")
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print("server: answered", (await reader.read()).decode().strip())
    writer.close()


async def read_a_file(path):
    text = await asyncio.to_thread(path.read_text, "utf-8")
    print("file: has", len(text.split()), "words")


async def main(path):
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await asyncio.gather(run_a_program(), ask_a_server(port), read_a_file(path))


with tempfile.TemporaryDirectory() as folder:
    letter = Path(folder, "letter.txt")
    letter.write_text("so long, and thanks for all the fish", "utf-8")
    asyncio.run(main(letter))
