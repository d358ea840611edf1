# /// script
# requires-python = ">=3.15"
# ///
try:
    import profiling.sampling

    print("Python has a sampling profiler:", profiling.sampling.__name__)
except ModuleNotFoundError as error:
    print(f"{type(error).__name__}: {error}")
