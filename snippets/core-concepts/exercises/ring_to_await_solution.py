import asyncio


class Bell:
    """Calls back the function it was given, as old libraries do."""

    def ring_after(self, seconds, on_ring):
        asyncio.get_running_loop().call_later(seconds, on_ring, "ding")


async def rings(bell, seconds):
    rung = asyncio.get_running_loop().create_future()
    bell.ring_after(seconds, rung.set_result)
    return await rung


async def main():
    sound = await rings(Bell(), 0.5)
    print(f"the bell said {sound}")
    await asyncio.sleep(1)


asyncio.run(main())
