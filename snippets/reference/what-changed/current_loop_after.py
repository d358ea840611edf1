# /// script
# requires-python = ">=3.14"
# ///
import asyncio

try:
    loop = asyncio.get_event_loop()
    print("a loop was made")
    loop.close()
except RuntimeError as error:
    print(f"{type(error).__name__}: {error}")
