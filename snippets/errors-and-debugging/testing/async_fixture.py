# /// script
# dependencies = ["pytest", "pytest-asyncio"]
# ///
import asyncio
import os
import sys

import pytest


# --8<-- [start:tests]
class Connection:
    async def open(self):
        await asyncio.sleep(0.1)
        print("connection: open")

    async def ask(self, question):
        await asyncio.sleep(0.1)
        print("connection: asked")
        return question.upper()

    async def close(self):
        await asyncio.sleep(0.1)
        print("connection: closed")


@pytest.fixture
async def connection():
    connection = Connection()
    await connection.open()
    yield connection
    await connection.close()


async def test_it_answers(connection):
    assert await connection.ask("ready?") == "READY?"


def test_this_one_is_an_ordinary_function():
    assert "ready?".upper() == "READY?"


# --8<-- [end:tests]
if __name__ == "__main__":
    scope = "asyncio_default_fixture_loop_scope=function"
    options = ["-q", "-rP", "-p", "no:cacheprovider", "-c", os.devnull, "-o", scope, "-o", "asyncio_mode=auto"]
    sys.exit(pytest.main([__file__, *options]))
