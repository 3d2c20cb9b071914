"""Makes an archive of any size as the founding archive's producer would have written it.

    python -m tests.benchmarks.generate FOLDER COUNT [--seed N] [--categories 60] [--short]

The same arguments give the same bytes on any day: chance comes from one seeded source, there is no clock.
All names are invented. One article is in memory at a time, and the file names of one publisher.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

NEWEST = datetime(2022, 8, 1, tzinfo=UTC)
"""No article is younger."""
SPAN = timedelta(days=3 * 365)
"""No article is older than `NEWEST` less this."""
CROWDING = 1.37
"""Ages are `SPAN * u ** CROWDING`: 1 % of the articles, of each leaf alike, fall into the newest 48 hours."""
MEDIAN_BODY, BODY_SPREAD, LONGEST_BODY = 4_000, 0.9, 60_000
"""Body lengths are log-normal: bytes, standard deviation of their logarithm, bytes."""
LONGEST_NAME = 226
"""Bytes of a file name, suffix included."""
PROXY = "https://cors.example.net/?"

QUOTES = '"' * 9


def _words(text: str) -> list[str]:
    return text.split()


PUBLISHERS = {
    "金融": ("铜铃财经", "北岸行情", "七里商报", "算筹周刊", "银汐观察"),
    "编程": ("像素驿站", "深井日报", "蓝鸢数码", "回路小屋", "竹节实验室"),
    "文化": ("灯下文汇", "长桥影志", "半坡书房", "风铃手札", "夜渡旧闻"),
}
SECTIONS = _words("""
    要闻 国内 市场 公司 热门 周刊 评论 专栏 访谈 数据 前端 后端 开源 新品 书评 影像 旧闻 味道 远行 Weekly
""")
PLACES = _words("""
    澜州 鹤湾 平安桥 青石巷 云渡 东塘 柳林镇 白沙渡 南岭 石桥 望海 松溪 北仓 麦田里 河口 临江 新墩 梧桐里
""")
PEOPLE = _words("""
    许砚秋 沈浣溪 阿绣 老岳 研究人员 店主 记者 工程师 主管部门 一位老读者 编辑部 摄影师 调查组 志愿者
    船长 开发团队 图书管理员 分析人士 仓库管理员 邮差 供货商 译者 检票员 钟表匠 值班经理 学徒 合作社 气象站
""")
MANNERS = _words("""
    昨天 终于 悄悄 连续三年 在雨季之前 正式 首次 按计划 反复 清早 又一次 逐步 率先 如期 随后 当场 重新 共同
""")
VERBS = _words("""
    公布了 检查了 修好了 整理出 谈到 测量了 推迟了 买下了 记录了 拆开了 比较了 放弃了 扩建了 翻译了 找回了
""")
OPENERS = _words("""
    据悉 其中 不过 到了夏天 与此同时 回过头看 按照约定 换句话说 在旧城区 从数字上看 更要紧的是 据现场消息
""")
COUNTERS = _words("份 张 批 套 组 处 间 条")
THINGS = _words("""
    账本 旧地图 短债产品 年度报表 家电补贴方案 渔船 缓存 任务队列 编译器 服务器 纸质书 胶片 豆花摊 时刻表
    手抄词汇 粮仓 开源许可 芯片样品 物流路线 读者来信 早餐铺 屋顶花园 传感器 航班计划 利率曲线 测试用例
    邮路 戏台 Python 脚本 5G 基站 C++ 模块 API 接口
""")
CLAUSES = {
    "{who}{how}{did}{amount}{thing}": 6,
    "{who}{how}{did}{place}的{thing}": 8,
    "{opener}，{who}{how}{did}{place}的{thing}": 4,
    "{opener}，{place}的{thing}比去年多了{amount}": 2,
}
TITLES = {
    "{place}{thing}：{who}{how}{did}{amount}{other}": 40,
    "{who}{did}“{thing}”，{place}{how}多了{amount}{other}": 25,
    "{amount}{thing}，{who}为什么{how}{did}{place}": 20,
    "{thing} {number}.5 发布：{who}{how}{did}{other}": 9,
    '第 {number} 期 #{thing}：在{place}，"{who}"{did}什么': 4,
    "{thing}里的 {{{number}}} 是什么意思？{who}{how}说明": 2,
}
"""Forms and how often each is taken, as of clauses above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A publisher, and the markup it puts around all it says."""

    name: str
    """Also the author of its articles."""
    top: str
    """Its category of the first level."""
    host: str
    """Where its pictures are."""
    opening: str
    """By-line or provenance before the text; `%s` is a person."""
    paragraph: str
    """Markup around `%s`, the words of a paragraph."""
    picture: str
    """Markup around `%s`, a picture's address."""
    closing: str
    """Comments, QR block and editor's line after the text; `%s` is a person."""
    code: str
    """Address of the QR code in the closing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One article before its route is known."""

    title: str
    """As it stands in the front matter, quotes included."""
    name: str
    """File name with its suffix."""
    picture: str
    """Address in headimg and thumbnail."""
    date: str
    """As it stands in the front matter."""
    body: str
    """HTML between the lines of the outer `<div>`."""


class Prose:
    """Text put together from the vocabulary, in so many ways that no two articles come out alike."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._clauses = [self._filled(CLAUSES) + random.choice("，，。") for _ in range(6_000)]

    def person(self) -> str:
        """Return who wrote or edited something."""
        return self.random.choice(PEOPLE)

    def paragraph(self) -> str:
        """Return some sentences, 150 to 700 bytes of them."""
        count = self.random.randint(3, 12)
        return "".join(self.random.choices(self._clauses, k=count))[:-1] + "。"

    def title(self) -> str:
        """Return a line; a long one now and then, cut from the text as for items that have no title."""
        cut = "：" + self.paragraph() if self.random.random() < 0.01 else ""
        return self._filled(TITLES) + cut

    def _filled(self, forms: dict[str, int]) -> str:
        pick, number = self.random.choice, self.random.randint(2, 4_000)
        form = self.random.choices(tuple(forms), tuple(forms.values()))[0]
        return form.format(
            opener=pick(OPENERS),
            place=pick(PLACES),
            who=pick(PEOPLE),
            how=pick(MANNERS),
            did=pick(VERBS),
            number=number,
            amount=f"{number} {pick(COUNTERS)}",
            thing=pick(THINGS),
            other=pick(THINGS),
        )


OPENINGS = (
    '<p cms-style="body">　　◎记者 %s</p>\n',
    '<p class="from">本文来自微信公众号“NAME”，作者：%s，题图来自图库</p>\n\n',
    "<blockquote>\n    <p>编者按：%s 供稿，经 NAME 授权发布。</p>\n</blockquote>\n\n",
    '<table><tbody><tr>\n    <td class="t_f">\nNAME 消息，感谢读者 %s 的线索投递！<br>\n<br>\n',
    '<div class="author"><div class="bio"><img class="avatar" src="https://HOST/avatar.png">%s</div></div>\n',
)
PARAGRAPHS = (
    '<p cms-style="body">　　%s</p>\n',
    '<p><span style="font-size:16px"><span style="color:#333"><span>%s</span></span></span></p>\n\n',
    "<p>%s</p>\n",
    "%s<br>\n<br>\n",
    '<section>\n    <p style="text-align:justify">%s</p>\n\n</section>\n',
)
PICTURES = (
    '<div class="img_wrapper"><img src="%s" alt="" referrerpolicy="no-referrer"></div>\n',
    '<p><img data-original="%s" src="%s" alt="资料图" referrerpolicy="no-referrer"></p>\n',
    '<figure>\n    <img src="%s" alt="">\n    <figcaption>NAME供图</figcaption>\n</figure>\n',
    '<img class="zoom" src="%s" referrerpolicy="no-referrer"><br>\n',
    '<p style="text-align:center"><img src="%s" alt="" referrerpolicy="no-referrer"></p>\n',
)
EDITORS = (
    '<p class="article-editor">责任编辑：%s </p>\n<!-- 编辑姓名-->\n',
    "<p>未经许可，禁止转载。编辑：%s</p>\n",
    '<p class="end">本文由 %s 整理，内容不代表 NAME 立场，如需转载请联系授权。</p>\n',
    "    </td>\n</tr></tbody></table>\n<p>本期编辑 %s</p>\n",
    '<p class="reward">给作者打赏 · 责编 %s</p>\n<div class="article-relation"><h3>相关文章</h3></div>\n',
)
CLOSING = """<!-- keyword_pub,KEY, -->





<!-- 正文下推荐位 -->


<!-- 正文下推荐位 -->

<!-- 扫码区 begin -->
            <style>
            .KEYQr_wrap{border:1px solid #e6e6e6;padding:8px;}
            .KEYQr_left{float:left;}
            .KEYQr_left img{width:74px;}
            .KEYQr_txt{float:left;font-size:20px;line-height:74px;padding-left:20px;color:#333;}
            </style>
            <div class="clearfix KEYQr_wrap">
                <div class="KEYQr_left"><img src="CODE" referrerpolicy="no-referrer"></div>
                <div class="KEYQr_txt">更多深度报道，尽在NAMEAPP</div>
            </div>
            <!-- 扫码区 end -->

"""


def generate(
    folder: Path,
    count: int,
    *,
    seed: int = 1,
    leaves: int = 60,
    short: bool = False,
    faults: float = 0.02,
) -> None:
    """Write an archive of `count` articles, no more and no fewer, in `leaves` categories of the third level.

    Args:
        folder: Made when it is missing.
        count: Number of files.
        seed: Another one gives another archive.
        leaves: Categories of the third level, at least 1; sizes by Zipf's law, none empty if `count` allows.
        short: One paragraph for a body, no furniture: to weigh what a file costs, not its length.
        faults: The share of articles that each kind of fault befalls, 0 to 0.25. The kinds: nine pairs of
            quotes or a bare `@` in the title; a date without zone or none; a placeholder, a QR code or a
            proxied address as picture; a second route.
    """
    prose = Prose(Random(seed))
    houses = _houses(leaves)
    left = _sizes(count, leaves)
    for number, house in enumerate(houses):
        own = range(number, leaves, len(houses))
        chains = {leaf: (house.top, house.name, _leaf_name(house, leaf // len(houses))) for leaf in own}
        for leaf in own:
            if left[leaf]:
                folder.joinpath(*chains[leaf]).mkdir(parents=True, exist_ok=True)
        taken: set[str] = set()
        for leaf in own:
            while left[leaf]:
                article = _article(house, prose, taken, short=short, faults=faults)
                _write(folder, chains[leaf], article)
                left[leaf] -= 1
                other = max(own, key=lambda sibling: left[sibling] if sibling != leaf else 0)
                if other != leaf and left[other] and prose.random.random() < faults:
                    _write(folder, chains[other], article)
                    left[other] -= 1


def _sizes(count: int, leaves: int) -> list[int]:
    """Return how many articles each leaf holds: one for each, the rest by Zipf's law, largest first.

    >>> _sizes(10, 3)
    [5, 3, 2]
    """
    sizes = [int(leaf < count) for leaf in range(leaves)]
    rest = max(0, count - leaves)
    whole = sum(1 / rank for rank in range(1, leaves + 1))
    weight, given = 0.0, 0
    for leaf in range(leaves):
        weight += 1 / (leaf + 1) / whole
        share = (rest if leaf == leaves - 1 else round(rest * weight)) - given
        sizes[leaf] += share
        given += share
    return sizes


def _houses(leaves: int) -> list[House]:
    named = [(top, names[place]) for place in range(5) for top, names in PUBLISHERS.items()]
    return [_house(number, top, name) for number, (top, name) in enumerate(named[:leaves])]


def _house(number: int, top: str, name: str) -> House:
    key, style = f"site{number:02}", number % len(PARAGRAPHS)
    host = f"img.{key}.example.com"
    code = f"https://{host}/app/guide/20200601/qr.png"

    def filled(template: str) -> str:
        return template.replace("NAME", name).replace("HOST", host).replace("KEY", key).replace("CODE", code)

    return House(
        name=name,
        top=top,
        host=host,
        code=code,
        opening=filled(OPENINGS[style]),
        paragraph=PARAGRAPHS[style],
        picture=filled(PICTURES[style]),
        closing=filled(CLOSING + EDITORS[style] if style != 3 else EDITORS[style] + CLOSING),
    )


def _leaf_name(house: House, place: int) -> str:
    again, section = divmod(place, len(SECTIONS))
    return f"{house.name}－{SECTIONS[section]}{again + 1 if again else ''}"


def _article(house: House, prose: Prose, taken: set[str], *, short: bool, faults: float) -> Written:
    random = prose.random
    moment = NEWEST - timedelta(seconds=int(SPAN.total_seconds() * random.random() ** CROWDING))

    title, name = _title_and_name(prose, taken, is_at=(title_fault := _fault(random, faults)) == 1)
    date = format_datetime(moment, usegmt=True)
    match _fault(random, faults):
        case 0:
            date = f"{moment:%Y-%m-%d %H:%M:%S}"
        case 1:
            date = "Invalid Date"
    shown = main = _picture(house, random, moment)
    match _fault(random, faults):
        case 0:
            main, shown = f"https://picsum.photos/400/300?random={random.randint(1, 9_999)}", ""
        case 1:
            main, shown = house.code, ""
        case 2:
            main = shown = PROXY + shown.replace("https:", "http:")
    return Written(
        title={0: QUOTES + title + QUOTES, 1: title}.get(title_fault, f"'{title}'"),
        name=name,
        picture=main,
        date=date,
        body=_short_body(house, prose, shown) if short else "".join(_body(house, prose, shown)),
    )


def _fault(random: Random, share: float) -> int:
    """Return which of some faults befalls an article, each with this chance: 0, 1, 2; above for none."""
    return int(random.random() / share) if share else 9


def _title_and_name(prose: Prose, taken: set[str], *, is_at: bool) -> tuple[str, str]:
    """Return a title and a file name that no case-blind file system mixes up with one that is `taken`."""
    while True:
        title = ("@" if is_at else "") + prose.title()
        stem = title.replace("#", "").replace(".", "").replace("\n", "").encode()[: LONGEST_NAME - 3]
        name = stem.decode(errors="ignore") + ".md"
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return title, name


def _picture(house: House, random: Random, moment: datetime) -> str:
    tail = random.choice((".jpg", ".png", ".jpg?x-process=image/resize,w_800", "", "!content.jpeg"))
    return f"https://{house.host}/{moment:%Y/%m/%d}/{random.getrandbits(48):012x}{tail}"


def _short_body(house: House, prose: Prose, picture: str) -> str:
    shown = house.picture.replace("%s", picture) if picture else ""
    return house.paragraph % prose.paragraph() + shown


def _body(house: House, prose: Prose, picture: str) -> Iterator[str]:
    random = prose.random
    wanted = min(random.lognormvariate(math.log(MEDIAN_BODY), BODY_SPREAD), LONGEST_BODY)
    closing = house.closing % prose.person()
    wanted -= 1.2 * len(closing)
    yield house.opening % prose.person()
    for number in range(LONGEST_BODY):
        if number == 1 and picture:
            yield house.picture.replace("%s", picture)
        elif number % 8 == 7 and picture:
            yield house.picture.replace("%s", f"https://{house.host}/more/{random.getrandbits(48):012x}.jpg")
        words = prose.paragraph()
        yield house.paragraph % words
        wanted -= 2.8 * len(words) + len(house.paragraph)  # characters to bytes, near enough
        if wanted <= 0 and number:
            break
    yield closing


def _write(folder: Path, chain: tuple[str, str, str], article: Written) -> None:
    """Write one file as the producer did: values pasted as they are, every brace of the file escaped."""
    top, publisher, leaf = chain
    text = (
        f"\n---\ntitle: {article.title}\ncategories: \n - {top}\n - {publisher}\n - {leaf}\n"
        f"headimg: '{article.picture}'\nauthor: {publisher}\ncomments: false\ndate: {article.date}\n"
        f"thumbnail: '{article.picture}'\n---\n\n<div>   \n{article.body}\n  \n</div>\n            "
    )
    escaped = text.replace("{", "&#123;").replace("}", "&#125;")
    folder.joinpath(*chain, article.name).write_bytes(escaped.encode())


def main() -> None:
    """Generate what the command line asks for."""
    parser = argparse.ArgumentParser(description="Make an archive of invented articles.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--categories", type=int, default=60, metavar="N", help="of the third level")
    parser.add_argument("--short", action="store_true", help="one paragraph each")
    given = parser.parse_args()
    generate(given.folder, given.count, seed=given.seed, leaves=given.categories, short=given.short)


if __name__ == "__main__":
    main()
