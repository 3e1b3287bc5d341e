"""What is measured, beside something that does less: `python -m benchmarks.NAME`."""
