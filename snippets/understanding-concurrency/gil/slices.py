import threading

STEPS = 5_000_000
done = {"first": 0, "second": 0}
when_first_ended = []


def count(name):
    for _ in range(STEPS):
        done[name] += 1


def first():
    count("first")
    when_first_ended.append(done["second"])


threads = [threading.Thread(target=first), threading.Thread(target=count, args=["second"])]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"both took turns: {when_first_ended[0] > 0}")
print(f"all steps were done: {done == {'first': STEPS, 'second': STEPS}}")
