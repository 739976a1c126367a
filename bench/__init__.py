"""Side-by-side benchmarks: every figure stands beside a rival or a floor that was measured in the same run.

`bailiwick bench SUITE` runs them. They know the product from outside (HTTP, commands, processes) and are not installed
with it.
"""
