# /// script
# requires-python = "==3.11.*"
# ///
import asyncio

print("there are child watchers:", hasattr(asyncio, "get_child_watcher"))
