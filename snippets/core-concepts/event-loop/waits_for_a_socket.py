import selectors
import socket
import time
import types


class Loop:
    def __init__(self):
        self.ready = []
        self.timers = []
        self.selector = selectors.DefaultSelector()

    def call_soon(self, callback, *args):
        self.ready.append((callback, args))

    def call_later(self, delay, callback, *args):
        self.timers.append((time.monotonic() + delay, callback, args))
        self.timers.sort(key=lambda timer: timer[0])

    # --8<-- [start:waiting]
    def step(self, coroutine):
        try:
            wish = coroutine.send(None)
        except StopIteration:
            return
        if isinstance(wish, socket.socket):
            self.selector.register(wish, selectors.EVENT_READ, coroutine)
        else:
            self.call_later(wish, self.step, coroutine)

    def run(self):
        while self.ready or self.timers or self.selector.get_map():
            timeout = None
            if self.ready:
                timeout = 0
            elif self.timers:
                timeout = max(0, self.timers[0][0] - time.monotonic())
            for key, _ in self.selector.select(timeout):
                self.selector.unregister(key.fileobj)
                self.call_soon(self.step, key.data)
            while self.timers and self.timers[0][0] <= time.monotonic():
                _, callback, args = self.timers.pop(0)
                self.call_soon(callback, *args)
            for _ in range(len(self.ready)):
                callback, args = self.ready.pop(0)
                callback(*args)

    # --8<-- [end:waiting]


@types.coroutine
def wait_for(wish):
    yield wish


async def listen(sock):
    print("listener: waits for the socket")
    await wait_for(sock)
    print("listener: hears", sock.recv(100).decode())


async def speak(sock):
    await wait_for(1.0)
    print("speaker: sends")
    sock.send(b"good morning")


async def tick():
    for _ in range(3):
        await wait_for(0.65)
        print("clock: tick")


here, there = socket.socketpair()
loop = Loop()
for coroutine in [listen(here), speak(there), tick()]:
    loop.call_soon(loop.step, coroutine)
loop.run()
here.close()
there.close()
