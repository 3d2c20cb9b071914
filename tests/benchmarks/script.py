"""What a competent person writes in an hour: RSS per category, from python-frontmatter, Beautiful Soup and feedgen.

    python script.py ARCHIVE OUTPUT

It leaves out what it cannot read, takes a body apart only for a feed that shows it, and knows no second build.
"""

import sys
from collections import defaultdict
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import frontmatter
from bs4 import BeautifulSoup
from feedgen.feed import FeedGenerator

BASE = "http://localhost:8000/"


def main(archive: Path, output: Path) -> None:
    feeds = defaultdict(list)
    for path in archive.rglob("*.md"):
        try:
            post = frontmatter.loads(path.read_text("utf-8").lstrip())
            values: dict[str, Any] = post.metadata
            article = (parsedate_to_datetime(values["date"]), path.relative_to(archive).with_suffix(""), post)
        except Exception as error:
            print(f"{path}: {error}", file=sys.stderr)
            continue
        for level in range(len(values["categories"]) + 1):
            feeds[tuple(values["categories"][:level])].append(article)
    summaries = {}
    for chain, articles in feeds.items():
        address = BASE + "".join(f"{name}/" for name in chain)
        feed = FeedGenerator()
        feed.title(" – ".join(chain) or "All")
        feed.link(href=address)
        feed.description(" – ".join(chain) or "All")
        for date, path, post in sorted(articles, key=lambda article: article[:2], reverse=True)[:20]:
            if path not in summaries:
                summaries[path] = BeautifulSoup(post.content, "lxml").get_text(" ", strip=True)[:200]
            entry = feed.add_entry(order="append")
            entry.title(post["title"])
            entry.guid(f"{BASE}{path}/", permalink=True)
            entry.link(href=f"{BASE}{path}/")
            entry.published(date)
            entry.description(summaries[path])
            entry.enclosure(post["thumbnail"], 0, "image/jpeg")
        folder = output.joinpath(*chain)
        folder.mkdir(parents=True, exist_ok=True)
        feed.rss_file(str(folder / "rss.xml"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
