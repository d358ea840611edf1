import asyncio
import selectors


class Clock(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("all tasks wait, and no timer will wake them")
        if not ready:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.clock = Clock()
        super().__init__(self.clock)

    def time(self):
        return self.clock.now


# --8<-- [start:test]
async def move(first, second):
    async with first:
        await asyncio.sleep(60)
        async with second:
            print("moved")


async def test_two_moves():
    left, right = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(move(left, right), move(right, left))


try:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(test_two_moves())
except RuntimeError as error:
    print("the test failed:", error)
# --8<-- [end:test]
