"""Dates by Go's layouts: https://pkg.go.dev/time#pkg-constants, as far as addresses have use for them."""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PART = re.compile(r"January|Jan|Monday|Mon|2006|__2|002|01|02|03|04|05|06|15|PM|pm|_2|1|2|3|4|5")


def format_date(date: datetime, layout: str) -> str:
    """Write a date as a layout shows it: with `2006-01-02` the 9th of March of 2024 is `2024-03-09`."""
    hour, day_of_year = date.hour % 12 or 12, date.timetuple().tm_yday
    month, day = _MONTHS[date.month - 1], _DAYS[date.weekday()]
    parts = {
        "January": month, "Jan": month[:3], "Monday": day, "Mon": day[:3], "2006": f"{date.year:04}",
        "__2": f"{day_of_year:3}", "002": f"{day_of_year:03}", "01": f"{date.month:02}", "02": f"{date.day:02}",
        "03": f"{hour:02}", "04": f"{date.minute:02}", "05": f"{date.second:02}", "06": f"{date.year % 100:02}",
        "15": f"{date.hour:02}", "PM": "PM" if date.hour >= 12 else "AM", "pm": "pm" if date.hour >= 12 else "am",
        "_2": f"{date.day:2}", "1": str(date.month), "2": str(date.day), "3": str(hour), "4": str(date.minute),
        "5": str(date.second),
    }  # fmt: skip
    return _PART.sub(lambda part: parts[part[0]], layout)
