"""Feeds that the tests of the renderers share; everything that titles and texts may hold is in them."""

from datetime import UTC, datetime

from msgspec.structs import replace

from feeds.model import Entry, Feed, Picture

HOME = "https://feeds.example.org/%E9%87%91%E8%9E%8D/index.html"
FOLDER = "https://feeds.example.org/%E9%87%91%E8%9E%8D/"

PICTURE = Picture(address="https://img.example.org/%E5%9B%BE/a.jpg?w=1&h=2", media_type="image/jpeg", length=12345)

ENTRY = Entry(
    id="tag:feeds.example.org,2026:6f1d",
    title="银行 < 券商 & “保险”, 'AT&T' 🎉",
    permalink="https://news.example.org/%E9%87%91%E8%9E%8D/1.html?a=1&b=2",
    published=datetime(2026, 7, 1, 8, 5, 9, tzinfo=UTC),
    updated=datetime(2026, 7, 2, 9, 0, 0, tzinfo=UTC),
    publisher="辰汐财经",
    authors=("张三", "Wang & Co"),
    categories=(("金融", "辰汐财经", "國內"), ("专题", "利率, 汇率")),
    tags=("央行", "降息,降准", "央行"),
    summary="利率 < 2% & 汇率 > 7：一句话摘要。",
    picture=PICTURE,
    content_html='<p><img src="https://img.example.org/%E5%9B%BE/a.jpg?w=1&amp;h=2" alt=""></p><p>正文 &lt;b&gt;。</p>',
    language=None,
)

BARE = Entry(
    id="tag:feeds.example.org,2026:aa02",
    title="只有正文",
    permalink=None,
    published=datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC),
    updated=datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC),
    publisher="",
    authors=(),
    categories=(),
    tags=(),
    summary="",
    picture=None,
    content_html="<p>没有摘要，没有图片。</p>",
    language="en",
)

MARKUP = replace(
    BARE,
    id="tag:feeds.example.org,2026:bb03",
    title="怎样写 <b>粗体 与 &amp; 和 &lt;",
    permalink="https://news.example.org/3.html",
    published=datetime(2026, 6, 29, 1, 2, 3, tzinfo=UTC),
    updated=datetime(2026, 6, 29, 1, 2, 3, tzinfo=UTC),
    publisher="云渡新闻",
    summary="文中写作 <br> 与 &amp; 的，读者须照样看到。",
    picture=Picture(address="https://img.example.org/b", media_type=None, length=None),
    language=None,
)

FEED = Feed(
    id="tag:feeds.example.org,2026:feed:jr",
    category=("金融",),
    title="金融 – R&D <档案>",
    description="档案 › 金融：全部 & 最新",
    folder="金融",
    folder_url=FOLDER,
    home_url=HOME,
    updated=datetime(2026, 7, 2, 9, 0, 0, tzinfo=UTC),
    language="zh-CN",
    author="R&D <档案>",
    entries=(ENTRY, BARE, MARKUP),
    total=7,
    own_total=1,
)

EMPTY = replace(FEED, entries=(), total=0, own_total=0, updated=datetime(2000, 1, 1, tzinfo=UTC), language=None)


def make_feed(*category: str, own_total: int = 0, total: int = 3) -> Feed:
    """A feed of some category without entries; names are ASCII here."""
    folder = "/".join(category)
    return replace(
        FEED,
        category=category,
        title=" – ".join([*reversed(category), "Archive"]),
        folder=folder,
        folder_url="https://feeds.example.org/" + (folder + "/" if folder else ""),
        home_url="https://feeds.example.org/" + (folder + "/" if folder else ""),
        entries=(),
        total=total,
        own_total=own_total,
    )


def test_the_samples_are_feeds_as_the_model_has_them() -> None:
    """Newest first, no id twice, updated that of the newest."""
    assert [entry.id for entry in FEED.entries] == [
        entry.id for entry in sorted(FEED.entries, key=lambda entry: entry.published, reverse=True)
    ]
    assert FEED.updated == max(entry.updated for entry in FEED.entries)
