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


async def back_up_every_hour(back_up):
    while True:
        await asyncio.sleep(3600)
        await back_up()


async def test_a_week_has_168_backups():
    backups = []

    async def back_up():
        backups.append(asyncio.get_running_loop().time() / 3600)

    try:
        async with asyncio.timeout(7 * 24 * 3600 + 1):
            await back_up_every_hour(back_up)
    except TimeoutError:
        print(len(backups), "backups, after", backups[:3], "and so on, up to", backups[-1], "hours")
    assert len(backups) == 168


with asyncio.Runner(loop_factory=VirtualLoop) as runner:
    runner.run(test_a_week_has_168_backups())
