"""What lets a program run in the reader's page as it does on a desktop: a network, a loop and a clock of our own.

It runs beside the program, in Pyodide, and needs nothing but the standard library.
"""
