"""The invented publishers of a benchmark's archive: their categories, and the markup around all they say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from tests.benchmarks.prose import words_of

PUBLISHERS = {
    "金融": words_of("铜铃财经 北岸行情 七里商报 算筹周刊 银汐观察 斗米账房 潮信经济"),
    "编程": words_of("像素驿站 深井日报 蓝鸢数码 回路小屋 竹节实验室 半行代码铺 空栈笔谈"),
    "文化": words_of("灯下文汇 长桥影志 半坡书房 风铃手札 夜渡旧闻 青砖戏单 残局棋谈"),
    "自然": words_of("苔痕学刊 海雾气象 鹿径观鸟 潮间带志 石英地志 萤火虫报 三更天文"),
    "饮食": words_of("炊烟食单 糯米巷口 豆蔻厨房 晒秋腌菜社 一勺老汤 麦芽茶摊 盐田风味"),
    "远行": words_of("渡口行记 慢车时刻 骑楼旅人 雪线来信 岔路地图 驼铃驿报 末班船客"),
    "手工": words_of("榫卯小报 靛蓝染坊 陶轮记事 针脚周报 旧钟修理 木屑工房"),
    "乡土": words_of("晒谷场新闻 水车村讯 柿子树下 山坳广播 老井夜话 集市快报"),
    "游艺": words_of("骰子茶馆 纸牌情报 摇杆旧梦 灯谜日课 皮影游戏 陀螺通讯"),
}
"""Sixty, by their category of the first level; no such publisher is known."""
SECTIONS = words_of("""
    要闻 国内 市场 公司 热门 周刊 评论 专栏 访谈 数据 前端 后端 开源 新品 书评 影像 旧闻 味道 远行 Weekly
""")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A publisher, and the markup it puts around all it says."""

    name: str
    """Also the author of its articles."""
    number: int
    """From 0; the first ones are the largest."""
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


def houses_of(count: int) -> list[House]:
    """Return so many publishers, taken from each category of the first level in turn; sixty at most."""
    in_turn = zip_longest(*([(top, name) for name in names] for top, names in PUBLISHERS.items()))
    named = [pair for turn in in_turn for pair in turn if pair]
    return [_house(number, top, name) for number, (top, name) in enumerate(named[:count])]


def _house(number: int, top: str, name: str) -> House:
    key, style = f"site{number:02}", number % len(PARAGRAPHS)
    host = f"img.{key}.example.com"
    code = f"https://{host}/app/guide/20200601/qr.png"

    def filled(template: str) -> str:
        return template.replace("NAME", name).replace("HOST", host).replace("KEY", key).replace("CODE", code)

    return House(
        name=name,
        number=number,
        top=top,
        host=host,
        code=code,
        opening=filled(OPENINGS[style]),
        paragraph=PARAGRAPHS[style],
        picture=filled(PICTURES[style]),
        closing=filled(CLOSING + EDITORS[style] if style != 3 else EDITORS[style] + CLOSING),
    )


def leaf_name(house: House, place: int) -> str:
    """Return the name of a publisher's category; its first one is another section than its neighbour's first."""
    again, section = divmod(place, len(SECTIONS))
    return f"{house.name}－{SECTIONS[(house.number + section) % len(SECTIONS)]}{again + 1 if again else ''}"
