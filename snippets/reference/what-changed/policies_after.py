# /// script
# requires-python = ">=3.14"
# ///
import asyncio

policy = asyncio.get_event_loop_policy()
print("there is a policy")
