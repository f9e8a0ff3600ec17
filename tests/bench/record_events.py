"""So many events written down, each in another person's file of a workspace."""

import datetime as dt
import os
import sys

from pipeline.files.record import record
from pipeline.files.store import FolderStore
from pipeline.model import Event, EventKind, Step, TouchRef

root, count = sys.argv[1], int(sys.argv[2])
store = FolderStore(root)
event = Event(
    date=dt.date(2026, 11, 24),
    event=EventKind.SENT,
    touch=TouchRef(Step.PORTFOLIO_NOTE, 2),
    source="closed:17:2026-11-24T18:02:11Z",
)
for name in sorted(os.listdir(os.path.join(root, "contacts")))[:count]:
    writes, problems = record(store.read, {f"contacts/{name}": [event]})
    if problems or not writes:
        sys.exit(f"not recorded: {name}")
    store.commit(writes, "")
