"""What a cell or a flag holds."""

import json

from roadmap.loading.positions import parse
from roadmap.model.profile import ID

_NOT_NESTED = ("name", ID)


def value_of(key: str, text: str) -> object:
    """A cell or a flag: JSON or YAML where it begins like a list or mapping, text otherwise."""
    if text[0] in "[{" and key not in _NOT_NESTED:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            document = parse(text, key)
            return text if document.problems else document.data
    return text
