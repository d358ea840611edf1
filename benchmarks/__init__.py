"""What we claim about speed and memory, measured against others within one run: python -m benchmarks."""
