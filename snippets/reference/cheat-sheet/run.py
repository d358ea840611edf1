# --8<-- [start:recipe]
import asyncio


async def main():
    await asyncio.sleep(0.2)  # gives the turn away
    return "done"


print(asyncio.run(main()))  # once, outermost
# --8<-- [end:recipe]
