"""Settings: what there is, where they are read, and where what a build knows is kept."""

from feeds.config.checks import PATH_KEYS
from feeds.config.loading import CONFIG_NAME, load_config, load_places, parse_config
from feeds.config.places import Places
from feeds.config.settings import Config, default_of, setting_fields

__all__ = [
    "CONFIG_NAME",
    "PATH_KEYS",
    "Config",
    "Places",
    "default_of",
    "load_config",
    "load_places",
    "parse_config",
    "setting_fields",
]
