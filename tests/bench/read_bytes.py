"""The floor for reading: every file of a folder as bytes, nothing done with them."""

import os
import sys

folder = os.open(sys.argv[1], os.O_RDONLY)
size = 0
for name in sorted(os.listdir(folder)):
    handle = os.open(name, os.O_RDONLY, dir_fd=folder)
    size += len(os.read(handle, 16384))
    os.close(handle)
print(size)
