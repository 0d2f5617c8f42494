"""Parquet in and out, a few rows at a time, through pyarrow or, where that is missing, polars."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, BinaryIO, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from roadmap.batch.codec import loads
from roadmap.batch.work import Record
from roadmap.errors import RoadmapError, UsageError

READ_AT_ONCE = 1_000
PARSED_AT_ONCE = 16  # a record has 100 kB, and several times that as Python's own values
ROW_GROUP = 128


class Table(NamedTuple):
    """A Parquet file: the names of its columns, and its rows as they are asked for."""

    names: list[str]
    rows: Iterator[Mapping[str, object]]


def library() -> str:
    """`pyarrow` or `polars`, whichever is installed, in this order. Raises UsageError when neither is."""
    for name in ("pyarrow", "polars"):
        if find_spec(name):
            return name
    raise UsageError("Parquet needs pyarrow or polars", "install career-roadmap[parquet], or career-roadmap[polars]")


def read(stream: BinaryIO, name: str) -> Table:
    """The rows of a Parquet file that can be sought in. Raises RoadmapError when it is none."""
    if library() == "polars":
        return _read_polars(stream, name)
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(stream)
    except ArrowException as error:
        raise _no_parquet(name, error) from error
    batches = file.iter_batches(batch_size=READ_AT_ONCE)
    return Table(file.schema_arrow.names, chain.from_iterable(b.to_pylist(maps_as_pydicts="lossy") for b in batches))


def _read_polars(stream: BinaryIO, name: str) -> Table:
    import polars

    table = polars.scan_parquet(stream)
    try:
        names = table.collect_schema().names()
    except polars.exceptions.PolarsError as error:
        raise _no_parquet(name, error) from error
    batches = table.collect_batches(chunk_size=READ_AT_ONCE, maintain_order=True)
    return Table(names, chain.from_iterable(b.iter_rows(named=True) for b in batches))


def _no_parquet(name: str, error: Exception) -> RoadmapError:
    return RoadmapError(f"{name}: not a Parquet file ({error})", "check the path")


def write(lines: Iterable[bytes], output: Path) -> None:
    """Records as JSON Lines into a Parquet file with the columns row, id, status, plan, problems, all with structure.

    The same records make the same bytes with the same version of the same library.
    """
    lines = iter(lines)
    if library() == "polars":
        _write_polars(lines, output)
        return
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    scalars = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    types = _Types(scalars, pa.list_, pa.map_, lambda fields: pa.struct(list(fields.items())))
    schema = pa.schema(list(_fields(types).items()))

    def tables() -> Iterator[Any]:
        while some := [loads(line) for line in islice(lines, PARSED_AT_ONCE)]:
            yield pa.Table.from_pylist(some, schema=schema)

    found = tables()
    with ParquetWriter(output, schema, compression="zstd") as writer:
        while group := list(islice(found, ROW_GROUP // PARSED_AT_ONCE)):
            writer.write_table(pa.concat_tables(group))


def _write_polars(lines: Iterator[bytes], output: Path) -> None:
    import polars
    from polars.io.plugins import register_io_source

    scalars = {str: polars.String, int: polars.Int64, float: polars.Float64, bool: polars.Boolean}
    schema = _fields(_Types(scalars, polars.List, polars.Map, polars.Struct))

    def frames(*_: object) -> Iterator[Any]:
        while some := b"".join(islice(lines, ROW_GROUP)):
            yield polars.read_ndjson(io.BytesIO(some), schema=schema)

    register_io_source(frames, schema=schema).sink_parquet(output, row_group_size=ROW_GROUP)


class _Types(NamedTuple):
    """What a library calls the types that records are made of."""

    scalars: Mapping[type, Any]
    list: Callable[[Any], Any]
    map: Callable[[Any, Any], Any]
    struct: Callable[[dict[str, Any]], Any]


def _fields(types: _Types, kind: Any = Record) -> dict[str, Any]:
    """The columns of a record, from the same classes that the JSON Schema of a plan is made from."""
    return {key: _typed(types, inner) for key, inner in get_type_hints(kind).items()}


def _typed(types: _Types, kind: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin is list:
        return types.list(_typed(types, args[0]))
    if origin is dict:
        return types.map(*(_typed(types, a) for a in args))
    if origin is Literal:
        return types.scalars[str]
    if origin in (Union, UnionType):
        return _typed(types, next(a for a in args if a is not NoneType))
    if hasattr(kind, "__total__"):
        return types.struct(_fields(types, kind))
    return types.scalars[kind]
