import time
import types


class Loop:
    def __init__(self):
        self.ready = []
        self.timers = []

    def call_soon(self, callback, *args):
        self.ready.append((callback, args))

    def call_later(self, delay, callback, *args):
        self.timers.append((time.monotonic() + delay, callback, args))
        self.timers.sort(key=lambda timer: timer[0])

    def create_task(self, coroutine):
        self.call_soon(self.step, coroutine)

    def step(self, coroutine):
        try:
            seconds = coroutine.send(None)
        except StopIteration:
            return
        self.call_later(seconds, self.step, coroutine)

    def run(self):
        while self.ready or self.timers:
            if not self.ready:
                time.sleep(max(0, self.timers[0][0] - time.monotonic()))
            while self.timers and self.timers[0][0] <= time.monotonic():
                _, callback, args = self.timers.pop(0)
                self.call_soon(callback, *args)
            for _ in range(len(self.ready)):
                callback, args = self.ready.pop(0)
                callback(*args)


@types.coroutine
def sleep(seconds):
    yield seconds


async def brew(drink, seconds):
    print(f"{drink}: water on")
    await sleep(seconds)
    print(f"{drink}: ready")


loop = Loop()
loop.create_task(brew("tea", 1))
loop.create_task(brew("coffee", 0.5))
loop.run()
