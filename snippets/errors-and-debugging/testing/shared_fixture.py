# /// script
# dependencies = ["pytest", "pytest-asyncio"]
# ///
import asyncio
import os
import sys

import pytest

opened = []


# --8<-- [start:tests]
class Server:
    async def start(self):
        await asyncio.sleep(0.2)
        opened.append("started")
        self.loop = asyncio.get_running_loop()


@pytest.fixture(scope="module")
async def server():
    server = Server()
    await server.start()
    return server


@pytest.mark.asyncio(loop_scope="module")
async def test_on_the_loop_of_the_server(server):
    assert server.loop is asyncio.get_running_loop()


@pytest.mark.asyncio(loop_scope="module")
async def test_the_server_was_started_once(server):
    assert opened == ["started"]


async def test_by_default_each_test_has_a_loop_of_its_own(server):
    assert server.loop is not asyncio.get_running_loop()


# --8<-- [end:tests]
if __name__ == "__main__":
    scope = "asyncio_default_fixture_loop_scope=module"
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "-o", scope, "-o", "asyncio_mode=auto"]
    sys.exit(pytest.main([__file__, *options]))
