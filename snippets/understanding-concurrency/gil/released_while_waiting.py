import hashlib
import sys
import threading
import time

ticks = 0


def tick():
    global ticks
    while True:
        ticks += 1
        time.sleep(0.01)


def watch(name, call):
    before = ticks
    call()
    print(f"{name}: the other thread {'went on' if ticks > before else 'stood still'}")


# Nobody is asked to hand the lock over before a minute has passed.
sys.setswitchinterval(60)
threading.Thread(target=tick, daemon=True).start()

watch("sleep", lambda: time.sleep(0.3))
watch("compute in Python", lambda: sum(n * n for n in range(2_000_000)))
watch("compute in C, keeping the lock", lambda: sum(range(20_000_000)))
watch("compute in C, without the lock", lambda: hashlib.pbkdf2_hmac("sha256", b"tea", b"salt", 500_000))
