"""The invented publishers of a benchmark's archive: their categories, and the markup around all they say."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.prose import words_of

PUBLISHERS = {
    "金融": ("铜铃财经", "北岸行情", "七里商报", "算筹周刊", "银汐观察"),
    "编程": ("像素驿站", "深井日报", "蓝鸢数码", "回路小屋", "竹节实验室"),
    "文化": ("灯下文汇", "长桥影志", "半坡书房", "风铃手札", "夜渡旧闻"),
}
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


def houses_of(leaves: int) -> list[House]:
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


def leaf_name(house: House, place: int) -> str:
    again, section = divmod(place, len(SECTIONS))
    return f"{house.name}－{SECTIONS[section]}{again + 1 if again else ''}"
