# /// script
# requires-python = ">=3.14"
# ///
import asyncio

print("there are child watchers:", hasattr(asyncio, "get_child_watcher"))
