from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.config import CONFIG_NAME, PATH_KEYS, Config, default_of, load_config, setting_fields
from feeds.config.generators import options_of
from feeds.config.keys import ROLE_NAMES
from feeds.errors import ConfigError
from feeds.normalise.roles import ROLES


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / CONFIG_NAME


def load(file: Path, text: str, **options: object) -> Config:
    file.write_text(text, "utf-8")
    return load_config(file, options)


def error_of(file: Path, text: str, **options: object) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(file, text, **options)
    return caught.value


def test_without_a_file_every_setting_has_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config(None, {}) == Config()


def test_a_file_in_the_working_folder_is_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('title = "Tides"')
    monkeypatch.chdir(file.parent)
    assert load_config(None, {}).title == "Tides"


def test_the_documented_defaults() -> None:
    config = Config()
    assert (config.archive, config.output) == (Path("archive"), Path("public"))
    assert (config.limit, config.keep_hours, config.limit_max) == (20, 48, 200)
    assert (config.authority, config.year, config.zone) == ("localhost", 2000, None)
    assert config.formats == ("rss", "atom", "json")
    assert config.base_url == "http://localhost:8000/"
    assert dict(config.paths) == PATH_KEYS


def test_every_setting_but_tables_has_a_meaning_and_takes_its_own_default() -> None:
    for setting in setting_fields():
        default = default_of(setting)
        assert setting.metadata["meaning"]
        given_back = str(default) if isinstance(default, Path) else default
        assert default is None or setting.metadata["check"](given_back) == default


GOOD: list[tuple[str, str, object]] = [
    ("title", '" Tides "', "Tides"),
    ("description", '"All about tides"', "All about tides"),
    ("language", '"zh-Hant-TW"', "zh-Hant-TW"),
    ("base_url", '"https://example.com/feeds"', "https://example.com/feeds/"),
    ("base_url", '"https://例.example/"', "https://xn--fsq.example/"),
    ("site_url", '"http://example.com/"', "http://example.com/"),
    ("permalink", '"https://example.com/:year/:title/"', "https://example.com/:year/:title/"),
    ("permalink", '":year/:title.html"', ":year/:title.html"),
    ("pictures_base", '"https://cdn.example.com"', "https://cdn.example.com/"),
    ("static", "[]", ()),
    ("authority", '"Example.COM"', "example.com"),
    ("authority", '"me@example.com"', "me@example.com"),
    ("year", "2024", 2024),
    ("zone", '"Asia/Shanghai"', ZoneInfo("Asia/Shanghai")),
    ("include", '["*.md", "!drafts/"]', ("*.md", "!drafts/")),
    ("exclude", "[]", ()),
    ("categories", '"flat"', "flat"),
    ("membership", '"partition"', "partition"),
    ("limit", "1", 1),
    ("keep_hours", "0", 0),
    ("limit_max", "10_000", 10_000),
    ("formats", '["json", "rss", "json"]', ("json", "rss")),
    ("opml", '"all"', "all"),
    ("content", '"full"', "full"),
    ("summary_width", "20", 20),
    ("placeholders", "['/blank\\.gif$']", ("/blank\\.gif$",)),
    ("article_pages", '"all"', "all"),
]


def test_folders_of_the_site_count_from_the_file_each_once(file: Path) -> None:
    config = load(file, 'static = ["static", "../assets", "static"]')
    assert config.static == (file.parent / "static", file.parent / "../assets")


@pytest.mark.parametrize(("name", "written", "value"), GOOD)
def test_a_good_value_is_taken(file: Path, name: str, written: str, value: object) -> None:
    assert getattr(load(file, f"{name} = {written}"), name) == value


BAD: list[tuple[str, str, str]] = [
    ("title", '""', "a text in quotes is needed"),
    ("title", "12", "a text in quotes is needed"),
    ("archive", "true", "a text in quotes is needed"),
    ("archive", '"a\\u0000b"', "NUL"),
    ("language", '"Chinese (simplified)"', "RFC 5646"),
    ("base_url", '"example.com"', "an address such as"),
    ("base_url", '"https://example.com/?a=b"', "an address such as"),
    ("site_url", '"ftp://example.com/"', "an address such as"),
    ("base_url", '"https://user:word@example.com/"', "without user and password"),
    ("permalink", '"2022/title"', "a pattern such as"),
    ("pictures_base", '"/img"', "an address such as"),
    ("static", '"public"', "a list of texts is needed"),
    ("static", '["a\\u0000b"]', "NUL"),
    ("authority", '"two words"', "RFC 4151"),
    ("authority", '"-example.com"', "RFC 4151"),
    ("year", "1989", "from 1990 to 9999"),
    ("year", "true", "a whole number"),
    ("zone", '"No/Where"', "zone database"),
    ("zone", '"../etc/passwd"', "zone database"),
    ("zone", '"Asia"', "zone database"),
    ("include", '"*.md"', "a list of texts"),
    ("include", '["!"]', "is no pattern"),
    ("exclude", '[""]', "a text in quotes"),
    ("categories", '"tree"', "one of levels, flat"),
    ("membership", "[]", "one of subtree, own, partition"),
    ("limit", "0", "from 1 to 10000"),
    ("limit", "2.5", "a whole number"),
    ("keep_hours", "-1", "from 0 to 100000"),
    ("formats", "[]", "at least one of"),
    ("formats", '["rss", "xml"]', "nothing else"),
    ("opml", '"none"', "one of leaves, all"),
    ("content", "1979-05-27", "one of summary, full"),
    ("summary_width", "19", "from 20"),
    ("placeholders", '["("]', "is no regular expression"),
    ("article_pages", '"yes"', "one of missing, all, none"),
    ("article_pages", "true", "one of missing, all, none"),
    ("article_pages", "false", "one of missing, all, none"),
    ("paths", '"rss.xml"', "a table is needed"),
]


@pytest.mark.parametrize(("name", "written", "cause"), BAD)
def test_a_bad_value_is_named_with_its_line_and_cause(file: Path, name: str, written: str, cause: str) -> None:
    error = error_of(file, f"# first\n\n{name} = {written}\n")
    assert (error.path, error.line) == (str(file), 3)
    shown = " cannot be used: " if written.startswith("[") else ' "'
    assert error.message.startswith(f"{name}{shown}")
    assert cause in error.message


@pytest.mark.parametrize(
    ("key", "nearest"),
    [("limits", "limit"), ("base-url", "base_url"), ("Title", "title"), ("zzzz", None), ("键", None)],
)
def test_an_unknown_key_is_named_with_its_line_and_the_nearest(file: Path, key: str, nearest: str | None) -> None:
    error = error_of(file, f'title = "a"\n"{key}" = 1\n')
    assert error.line == 2
    assert f'no such setting: "{key}"' in error.message
    assert (f'did you mean "{nearest}"?' in error.message) == (nearest is not None)


def test_an_unknown_table_is_named_with_its_line(file: Path) -> None:
    error = error_of(file, 'title = "a"\n\n[path]\nrss = "a.xml"\n')
    assert error.line == 3
    assert 'did you mean "paths"?' in error.message


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('opml = "a/b.opml"', "a file name without folders"),
        ('rss = "../b.xml"', "a file name"),
        ('rss = "a//b.xml"', "a file name"),
        ('rss = "/b.xml"', "a file name"),
        ('rss = ".htaccess"', "a file name"),
        ('rss = "pictures/b.xml"', "the folder pictures has that name"),
        ('rss = "feeds/atom.xml"', "two files would have the same name"),
        ("rss = 1", "a file name"),
        ('atm = "a.xml"', 'did you mean "atom"?'),
        ('rss = "Feed.xml"\natom = "feed.XML"', "the same name"),
        ('rss = "index.html"', "the same name"),
    ],
)
def test_a_bad_file_name_is_refused(file: Path, line: str, cause: str) -> None:
    error = error_of(file, f"limit = 3\n[paths]\n{line}\n")
    assert error.line == 2
    assert cause in error.message


def test_given_file_names_join_the_others(file: Path) -> None:
    assert load(file, '[paths]\nrss = "订阅.xml"').paths == {**PATH_KEYS, "rss": "订阅.xml"}


def test_folders_are_relative_to_the_file(file: Path) -> None:
    config = load(file, 'archive = "../a"\noutput = "/srv/out"')
    assert config.archive == file.parent / "../a"
    assert config.output == Path("/srv/out")


def test_options_stand_over_the_file_and_are_relative_to_the_working_folder(file: Path) -> None:
    config = load(file, 'archive = "a"\ntitle = "File"', archive="b", title="Option")
    assert (config.archive, config.title) == (Path("b"), "Option")


def test_a_bad_option_names_no_line(file: Path) -> None:
    error = error_of(file, "limit = 3", limit=0)
    assert (error.path, error.line) == (None, None)


@pytest.mark.parametrize(
    ("text", "line"), [("\n\nlimit = 500\n", 3), ("limit_max = 10\n", 1), ("limit_max = 30\nlimit = 40\n", 2)]
)
def test_a_limit_above_the_most_is_refused_with_its_line(file: Path, text: str, line: int) -> None:
    error = error_of(file, text)
    assert error.line == line
    assert "is more than limit_max" in error.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = News\n", 1),
        ('limit = 3\ntitle = "a\n', 2),
        ("limit = 3\nlimit = 4\n", 2),
        ("limit = 3\n\n[paths\n", 3),
        ("limit =", 1),
        ('title = "a"\r\nlimit = ?\r\n', 2),
        ("limit = [" + "[" * 5000, 1),
        ("limit = " + "1" * 5000, 1),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(file: Path, text: str, line: int) -> None:
    error = error_of(file, text)
    assert (error.path, error.line) == (str(file), line)
    assert error.message.startswith("not TOML: ")
    assert "(at" not in error.message


def test_a_file_that_is_no_utf_8_is_named_with_its_line(file: Path) -> None:
    file.write_bytes(b'limit = 3\ntitle = "caf\xe9"\n')
    with pytest.raises(ConfigError, match=r"toml:2: not UTF-8\. Save it as UTF-8\."):
        load_config(file, {})


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    assert load(file, "\ufefflimit = 3").limit == 3


@pytest.mark.parametrize("name", ["", "missing.toml"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / name, {})


def test_the_title_is_the_archive_folders_name_unless_given(tmp_path: Path) -> None:
    assert Config(archive=tmp_path / "x" / ".." / "Tides").shown_title == "Tides"
    assert Config(archive=Path("/")).shown_title == "archive"
    assert Config(title="News").shown_title == "News"


NAMES = st.sampled_from([setting.name for setting in setting_fields()] + ["paths", "paths.rss", "x"])
VALUES = st.one_of(
    st.text().map(lambda text: '"' + "".join(f"\\U{ord(letter):08x}" for letter in text) + '"'),
    st.integers().map(str),
    st.sampled_from(["[]", "{}", "true", "1.5", "nan", "2022-07-31", '["a"]', "[1]", '{rss = "a"}', "12:30:00"]),
    st.text(),
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=3))
def test_any_file_makes_a_configuration_or_a_configuration_error(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes("\n".join(f"{name} = {value}" for name, value in lines).encode("utf-8", "surrogatepass"))
    error = None
    try:
        load_config(file, {})
    except ConfigError as caught:
        error = caught
    assert error is None or (error.path == str(file) and error.line is not None)


def test_keys_of_ones_own_are_texts_or_lists(file: Path) -> None:
    config = load(file, '[keys]\ndate = ["gepostet", "created"]\ntags = "type"\nignored = ["layout"]')
    assert config.keys == (("date", ("gepostet", "created")), ("tags", ("type",)), ("ignored", ("layout",)))


def test_each_role_can_have_keys_of_ones_own() -> None:
    assert (*ROLES, "draft", "ignored") == ROLE_NAMES


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ('date = ["a"]\ndatum = ["b"]', 4, '[keys] names no "datum"; did you mean "date"?'),
        ('author = "a"', 3, '[keys] names no "author"; did you mean "authors"?'),
        ('zzz = "a"', 3, '[keys] names no "zzz"; what there is: title, date, updated'),
        ("title = 1", 3, "[keys] title: a list of texts is needed"),
        ("title = []", 3, "[keys] title: at least one key is needed"),
        ('title = [""]', 3, "[keys] title: a text in quotes is needed"),
        ('title = "a"\n\ndate = ["b", "A"]', 5, '[keys] date: "A" stands under title already; a key means one thing'),
    ],
)
def test_a_wrong_line_of_the_table_of_keys_is_told_with_its_line(
    file: Path, lines: str, line: int, message: str
) -> None:
    error = error_of(file, f'title = "T"\n[keys]\n{lines}\n')
    assert error.message.startswith(message)
    assert error.line == line


def test_keys_are_a_table(file: Path) -> None:
    assert "keys" in error_of(file, 'keys = ["date"]').message


def test_what_a_generator_says_of_addresses(file: Path) -> None:
    config = load(
        file,
        'generator = "hugo"\n[permalinks]\nposts = "/:year/:slug/"\n[permalinks.page]\nnotes = "/n/:slug/"\n'
        "[permalinks.section]\nposts = '/s/'\n[addresses]\nuglyURLs = { posts = true }\nfolder = 'blog'\n"
        "[addresses.languages.zh]\ncontentDir = 'chinese'\nweight = 2\n",
    )
    assert config.permalinks == (("posts", "/:year/:slug/"), ("notes", "/n/:slug/"))
    assert options_of(config) == (
        ("folder", "blog"),
        ("languages", (("zh", "chinese"),)),
        ("uglyURLs", (("posts", True),)),
    )


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ('generator = "wordpress"', 1, "one of hexo, jekyll,"),
        ("generator = []", 1, "one of hexo, jekyll,"),
        ('generator = "hexo"\n[addresses]\n\ncategory_maps = {}', 4, 'did you mean "category_map"?'),
        ('generator = "hugo"\n[addresses]\nuglyURLs = "yes"', 3, "uglyURLs cannot be used: true or false"),
        ('generator = "zola"\n[permalinks]\na = "/:b/"', 2, "zola has one pattern for all"),
        ('[permalinks]\na = "/:b/"', 1, "none is named"),
        ("[addresses]\nfolder = 'posts'", 1, "none is named"),
        ('generator = "hugo"\n[permalinks]\na = 1', 2, "a: a pattern in quotes"),
        ('permalink = "2022"', 1, "a pattern such as"),
        ("generator = 'pelican'\n[addresses]\nFILENAME_METADATA = '('", 3, "no regular expression"),
        ("generator = 'pelican'\n[addresses]\nSLUG_REGEX_SUBSTITUTIONS = [['(', '']]", 3, "are no substitution"),
        ("generator = 'pelican'\n[addresses]\nSLUG_REGEX_SUBSTITUTIONS = ['a']", 3, "a list of pairs"),
        ("generator = 'zola'\n[addresses]\nslugify = { paths = 'never' }", 3, "one of on, safe, off"),
        ("generator = 'jekyll'\npermalink = '/:yaer/:title'", 2, 'jekyll has no :yaer; did you mean "year"?'),
        ("generator = 'hugo'\n[permalinks]\nposts = '/:slugg/'", 3, 'hugo has no :slugg; did you mean "slug"?'),
        ("generator = 'pelican'\npermalink = '{slug/'", 2, "expected '}'"),
        ("generator = 'hexo'\n[addresses]\nfilename_case = 3", 3, "a whole number from 0 to 2"),
        ("generator = 'hugo'\n[addresses]\nfrontmatter = true", 3, "a table is needed"),
        ("generator = 'hugo'\n[addresses]\nlanguages = 'en'", 3, 'a list such as ["en", "zh"]'),
    ],
)
def test_what_a_generator_cannot_say(file: Path, text: str, line: int, cause: str) -> None:
    error = error_of(file, text)
    assert cause in str(error)
    assert error.line == line


def test_hugos_patterns_may_be_a_list_with_targets(file: Path) -> None:
    config = load(
        file,
        'generator = "hugo"\n'
        "[[permalinks]]\npattern = '/a/:slug/'\ntarget = { kind = 'page', path = '/posts/**' }\n"
        "[[permalinks]]\npattern = '/b/:slug/'\ntarget = { path = '{/docs/x,/docs/x/**}' }\n"
        "[[permalinks]]\npattern = '/c/'\ntarget = { kind = 'section', path = '/posts/**' }\n",
    )
    assert config.permalinks == (("posts", "/a/:slug/"), ("docs/x", "/b/:slug/"))


def test_a_generator_may_have_a_pattern_of_any_form(file: Path) -> None:
    assert load(file, 'generator = "pelican"\npermalink = "{date:%Y}/{slug}/"').permalink == "{date:%Y}/{slug}/"
    with pytest.raises(ConfigError, match="a pattern such as"):
        load(file, 'permalink = ":year/"', permalink="{slug}")
