"""Rows of data frames and Parquet: missing values and the types of numpy, pandas and arrow become plain ones."""

from collections.abc import Mapping
from datetime import date, datetime

from roadmap.batch.cells import value_of
from roadmap.batch.row import Reading, Row, mapped


def from_record(record: object, number: int, reading: Reading) -> Row:
    """A row of a frame; whatever is no mapping is a row with that fault."""
    if not isinstance(record, Mapping):
        return mapped(record, number, None, reading)
    given = {str(key): plain(value) for key, value in record.items()}
    return mapped({k: v for k, v in given.items() if v is not None and v != ""}, number, None, reading)


def plain(value: object) -> object:
    """Python's own value for a scalar or list of a data frame; None for what is missing there (NaN, NaT, NA)."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return value_of("", value.strip()) if value[:1] in ("[", "{") else value
    if isinstance(value, datetime):
        return value.date() if value == value else None
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        return value if value == value else None
    if isinstance(value, Mapping):
        return {str(k): p for k, v in value.items() if (p := plain(v)) is not None}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    try:
        return float(str(value))
    except ValueError:
        return str(value)
