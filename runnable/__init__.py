"""The build step of The Art of Concurrency.

A snippet is a complete program. A recording is what happened when it ran. A transcript is the part of a recording that
must not change unnoticed. A timeline is the picture of a recording.
"""

__version__ = "0.1.0"
