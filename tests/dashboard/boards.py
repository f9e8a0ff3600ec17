"""Boards to look at: of the sample of three years, and of single people."""

import datetime as dt
from functools import cache

from pipeline.dashboard.pages import Pack, pack_of
from pipeline.dashboard.views.board import Board, board_of
from pipeline.files.holidays import HolidayCache
from pipeline.files.workspace import load
from pipeline.model import Workspace
from pipeline.planning.schedule import schedule
from tests.conftest import ROOT
from tests.factories import day

HOLIDAYS = HolidayCache()
AS_OF = dt.date(2026, 11, 23)


@cache
def sample() -> Workspace:
    return load(str(ROOT / "examples" / "three-years"))


def board(workspace: Workspace, as_of: str = "2026-11-23") -> Board:
    plan = schedule(workspace, day(as_of), HOLIDAYS)
    return board_of(workspace, plan, HOLIDAYS)


def pack(workspace: Workspace, as_of: str = "2026-11-23") -> Pack:
    return pack_of(workspace, schedule(workspace, day(as_of), HOLIDAYS), HOLIDAYS)


@cache
def sample_board() -> Board:
    return board(sample())


@cache
def sample_pack() -> Pack:
    return pack(sample())
