# /// script
# requires-python = "==3.11.*"
# ///
import multiprocessing

if __name__ == "__main__":
    print("new processes come by", multiprocessing.get_start_method())
