import threading
import time

eggs = 12


def take(number, seconds):
    global eggs
    left = eggs - number
    time.sleep(seconds)
    eggs = left


threads = [threading.Thread(target=take, args=[2, 0.3]), threading.Thread(target=take, args=[4, 0.5])]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("eggs taken: 6 of 12")
print(f"eggs left, says the program: {eggs}")
