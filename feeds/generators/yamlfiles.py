"""YAML of a generator's configuration: every scalar stays the text that is written, tags of a language run nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from feeds.errors import ConfigError
from feeds.generators.source import Computed, Source, read_text

_NOTHING = ("", "~", "null", "Null", "NULL")
_PLAIN_TAG = "tag:yaml.org,2002:"
_MOST_VALUES = 50_000


def read_yaml(path: Path, *, is_blind_to_case: bool = False) -> Source:
    """Read a file of YAML, or of JSON.

    Raises:
        ConfigError: It cannot be read, or is no mapping in YAML.
    """
    return parse_yaml(path, read_text(path), is_blind_to_case=is_blind_to_case)


def parse_yaml(path: Path, text: str, *, is_blind_to_case: bool = False) -> Source:
    """Read YAML; an empty text is an empty mapping.

    Raises:
        ConfigError: It is no mapping in YAML.
    """
    try:
        root = next(iter(yaml.compose_all(text, Loader=yaml.SafeLoader)), None)
        source = Source(path, is_blind_to_case=is_blind_to_case)
        if root is None or (isinstance(root, ScalarNode) and root.value in _NOTHING):
            return source
        if not isinstance(root, MappingNode):
            raise ConfigError(
                "no settings", path=str(path), line=root.start_mark.line + 1, hint="A line looks like this: title: News"
            )
        source.values = _Reading(source).mapping(root, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ConfigError(
            f"not YAML: {error.problem or error.context}",
            path=str(path),
            line=mark.line + 1 if mark else None,
            hint="The generator cannot read it either: correct the line, or the one before it.",
        ) from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise ConfigError(
            "not YAML: a control character", path=str(path), line=line, hint="Take the character out."
        ) from error
    except RecursionError as error:
        raise ConfigError("not YAML: nested too deep", path=str(path), hint="Unfold its lists.") from error
    return source


class _Reading:
    """One pass over the nodes of a file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._left = _MOST_VALUES
        self._open: list[Node] = []

    def mapping(self, node: MappingNode, place: tuple[str, ...]) -> dict[str, Any]:
        """Read a mapping; `<<` takes in others, which go behind its own keys."""
        found: dict[str, Any] = {}
        others: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else ""
            if key == "<<" and key_node.tag == _PLAIN_TAG + "merge":
                for inner in value_node.value if isinstance(value_node, SequenceNode) else [value_node]:
                    if isinstance(inner, MappingNode):
                        others = self.mapping(inner, place) | others
                continue
            if self._source.is_blind_to_case:
                key = key.lower()
            self._source.lines[(*place, key)] = (self._source.path.name, key_node.start_mark.line + 1)
            found[key] = self.value(value_node, (*place, key))
        return others | found

    def value(self, node: Node, place: tuple[str, ...]) -> Any:
        """Read any node."""
        self._left -= 1
        if self._left < 0 or node in self._open:
            mark = node.start_mark
            raise yaml.MarkedYAMLError(problem="too many values, or one that holds itself", problem_mark=mark)
        if not node.tag.startswith(_PLAIN_TAG) or node.tag.startswith(_PLAIN_TAG + "python"):
            return Computed(f"the tag {node.tag.replace(_PLAIN_TAG, '!!')}")
        if isinstance(node, ScalarNode):
            return None if node.style is None and node.value in _NOTHING else node.value
        self._open.append(node)
        if isinstance(node, MappingNode):
            value: Any = self.mapping(node, place)
        else:
            value = [self.value(inner, place) for inner in node.value]
        self._open.pop()
        return value
