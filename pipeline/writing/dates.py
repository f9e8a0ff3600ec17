"""Days as people say them, in English, whatever the machine's language is."""

import datetime as dt

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


def month_of(day: dt.date) -> str:
    """Write the month of a day: March 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def long_day(day: dt.date) -> str:
    """Write a day for a sentence: 20 March 2026."""
    return f"{day.day} {month_of(day)}"


def week_day(day: dt.date) -> str:
    """Write a day that one plans by: Friday 20 March 2026."""
    return f"{DAYS[day.weekday()]} {long_day(day)}"


def short_day(day: dt.date) -> str:
    """Write a day for a title: 20 Mar."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def past_day(day: dt.date) -> str:
    """Write a day on which something happened: 20 Mar 2026."""
    return f"{short_day(day)} {day.year}"


def list_day(day: dt.date) -> str:
    """Write a day for a table: Fri 20 Mar 2026."""
    return f"{DAYS[day.weekday()][:3]} {past_day(day)}"
