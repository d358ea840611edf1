# /// script
# dependencies = ["pytest", "pytest-asyncio"]
# [tool.runnable]
# exit = 1
# ///
import asyncio
import os
import sys

import pytest


# --8<-- [start:tests]
async def test_adding():
    await asyncio.sleep(0.1)
    assert 2 + 2 == 4


# --8<-- [end:tests]
if __name__ == "__main__":
    scope = "asyncio_default_fixture_loop_scope=function"
    sys.exit(pytest.main([__file__, "-q", "-rN", "-p", "no:cacheprovider", "-c", os.devnull, "-o", scope]))
