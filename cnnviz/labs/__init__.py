"""What the labs compute: a window that slides, filters, pools, stacks, shifts, and questions."""
