"""The habits of publishers that a summary passes over: one table, general patterns, no list of publishers.

A rule looks at the beginning of a block or of one sentence, and only up to a length: what is longer has
something to say beside the habit. What recurs within one publisher is for learning to find, not for here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = r"[（(【\[◎●■▲◆◇□△▽>*#|｜·—\s]*"
_COLON = r"\s?[：:丨|｜/／]"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE_ZH = r"(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日"
_DATE_EN = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?"
_PLACE_EN = r"[A-Z][A-Z.' -]{2,30}(?:,\s?[A-Z][\w. ]{1,14})?"
_REPORTER = (
    r"(?:\w{0,6}[社网报刊]|特约|实习|见习|首席|高级){0,2}"
    r"(?:记者|通讯员|作者|撰文|采写|编译|译者?|翻译|摄影"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One habit, and the pattern that recognises it."""

    name: str
    """Several rows may bear one name."""
    habit: str
    """An example, as it stands in articles."""
    longest: int
    """Characters up to which the rule holds."""
    pattern: re.Pattern[str]


def _rule(name: str, habit: str, longest: int, *patterns: str) -> Rule:
    pattern = re.compile(f"{_OPEN}(?:{'|'.join(patterns)})", re.IGNORECASE)
    return Rule(name=name, habit=habit, longest=longest, pattern=pattern)


# fmt: off
RULES = (
    _rule("by-line", "◎记者 某某", 40, _REPORTER + r")\s[^。！？；，]{1,30}$"),
    _rule("by-line", "作者：某某 图：某某", 60,
          _REPORTER + rf"|文|图|图文|文字|口述|整理){_COLON}[^。！？；]{{1,50}}$",
          r"[\w·]{2,8}\s?[/／丨|｜]\s?[文图摄][）)】\]]?$"),
    _rule("by-line", "By Jane Doe, Staff Writer", 80,
          r"(?:(?:written|posted|story|words|text|photos?|reported) )?by:? (?-i:[A-Z])[^.!?]{2,60}$"),
    _rule("editor", "责任编辑：某某", 60,
          rf"(?:\w{{0,4}}编辑|责编|主编|校对|审[核读校稿]|监制|排版|值班编委|统筹){_COLON}",
          r"(?:责任编辑|责编|编辑|校对|审核)\s[^。！？；，]{2,16}$"),
    _rule("editor", "Editing by Jane Doe", 120,
          r"(?:additional )?(?:edit(?:ors?|ed|ing)|reporting|proofread|translation)(?: by (?-i:[A-Z])|:)"),
    _rule("rights", "未经许可，禁止转载", 120,
          r".{0,24}?未经.{0,14}(?:许可|授权|允许|同意).{0,8}(?:不得|禁止|请勿|严禁|谢绝|勿)",
          r".{0,24}?(?:(?:禁止|谢绝|严禁|请勿|如需).{0,6}转载|转载(?:请|须|需|时|务必|或))"),
    _rule("rights", "版权归作者所有，侵权请联系删除", 120,
          r".{0,20}?(?:版权(?:归|所有|声明|属|信息)|著作权归|侵权.{0,14}(?:删除|处理|联系))",
          r"(?:免责|特别|郑重)声明\s?[：:]"),
    _rule("rights", "本文仅代表作者观点，不构成投资建议", 120,
          r".{0,24}?(?:[仅只不]代表.{0,14}(?:观点|立场|意见)|不构成.{0,10}建议|据此操作.{0,4}风险自担)"),
    _rule("rights", "© 2022 Example. All rights reserved.", 200,
          r".{0,60}all rights reserved|©|\(c\) ?\d{4}|copyright (?:© ?|\(c\) ?)?\d{4}",
          r"(?:this|no part of|reproduc|republi).{0,60} (?:without .{0,24}permission|licensed under)"),
    _rule("thanks", "感谢某网友的线索投递！", 60,
          r"(?:再次|特别|衷心|在此)?(?:感谢|鸣谢|多谢).{0,30}(?:投递|投稿|供稿|线索|爆料|打赏|赞助|支持|提供)"),
    _rule("thanks", "Thanks to a reader for the tip", 120,
          r"thanks to .{0,50}(?:tip|support)|h/t\b|hat tip|via:? "),
    _rule("provenance", "编者按：本文来自微信公众号“某某”，授权发布", 140,
          rf"(?:编者按{_COLON}\s?)?(?:[本此原]文|本稿|本篇|文章|全文|以下内容|本内容)(?:内容|素材|图片)?"
          r"(?:首发|最初|最早|节选|整理|编译|翻译|授权|摘|选|转|改编|来|源|原载|刊|发|系|经|由|为).{0,50}?"
          r"(?:公众号|授权|首发|转载|转自|来自|来源|原创|发布|发表|刊|投稿|专栏|网站|出品|ID\s?[：:])",
          r"[本此原]文(?:转载|转|摘|选|源|来|编译|改编|整理)自"),
    _rule("provenance", "原文链接：…", 140,
          r"(?:英文)?原(?:文|标题|题|作者|载|创)(?:链接|地址|标题|来源|作者|出处)?(?:来自|于)?\s?[：:《]"),
    _rule("provenance", "来源：某某网", 60,
          r"(?:文章|信息|资料|数据|稿件|消息|新闻|素材|视频|本文|图片|图)?(?:来源|来自|出处|转自|转载自|摘自)[于自]?"
          + _COLON,
          r"(?:链接|出品|策划|公众号|微信号|ID)\s?[：:]"),
    _rule("provenance", "题图来自某某图库", 60,
          rf"(?:题图|头图|封面图?|首图|配图|图片|插图|文中图片|图源)(?:来自|来源|源自|由|均为|均来自|{_COLON})"),
    _rule("provenance", "Originally published at example.com", 160,
          r"(?:(?:this|the) (?:article|post|story|essay|piece)\b.{0,30}\b)?"
          r"(?:originally|first) (?:appeared|published|posted)",
          r"republished (?:from|with)|cross-?posted|reprinted (?:from|with)|syndicated from"),
    _rule("provenance", "Image credit: Jane Doe", 120,
          r"(?:(?:cover |featured |lead )?(?:image|photo|picture|graphic|illustration)s?"
          r"(?: credits?| courtesy| source)?|source)(?::| by\b| courtesy of\b)"),
    _rule("appeal", "请订阅或登录，以继续阅读全文", 60,
          r"(?:(?:如需|欲|若要|想要?|更多|完整|剩余).{2,20}?)?(?:请|立即|马上|点击|欢迎|长按|扫描|识别|尽在)[^。]{0,14}?"
          r"(?:登[录陆]|订阅|注册|付费|扫[码描]|关注|识别|开通|续费|阅读|查看|解锁|[进加]群|投稿|转发|下载|二维码|公众号|客户端|APP).{0,16}$"),
    _rule("appeal", "海量资讯，尽在某某APP", 60, r".{0,24}?尽在.{0,14}?(?:APP|客户端|公众号|小程序)"),
    _rule("appeal", "扫码下载某某客户端", 50,
          r"(?:扫码|扫一扫|扫描|长按|关注|下载|打开|登录|订阅|添加|加入|微信搜索).{0,16}"
          r"(?:公众号|二维码|客户端|APP|小程序|视频号|微信群|全文).{0,10}$",
          r"(?:扫码|扫一扫|长按).{0,10}(?:关注|下载|识别|加入)"),
    _rule("appeal", "给作者打赏", 30,
          r"(?:[给为对])?(?:作者|本文|文章|我们?)?(?:打赏|点赞|点个?在看|赞赏|投币|一键三连)",
          r"(?:阅读|查看|展开|显示)(?:全文|更多|原文|剩余|详情)"),
    _rule("appeal", "Sign in to continue reading", 140,
          r"(?:please |to (?:continue|keep|read|view|access|unlock).{0,40}? )?"
          r"(?:subscribe|sign (?:in|up)|log ?in|register|create an account)"
          r"(?: or [\w ]{2,16})?,? (?:to|for|now|today|via|here|with|or)\b"),
    _rule("appeal", "Already a subscriber? Continue reading", 120,
          r"already (?:a|have|an) .{0,14}(?:subscriber|member|account)|(?:continue|keep) reading\b",
          r"read (?:more|the (?:full|rest))\b|click here\b|follow us\b|share this\b",
          r"download (?:the|our) .{0,16}\bapp\b",
          r"if you (?:like|enjoy)ed this\b|join our (?:newsletter|mailing)"),
    _rule("furniture", "复制代码", 24,
          r"(?:复制(?:代码|链接|成功)?|打印|收藏|举报|纠错|加载中.{0,3}|广告|目录|导航|猜你喜欢|热门(?:文章|推荐|评论)"
          r"|(?:相关|推荐|延伸|拓展)(?:阅读|文章|新闻|链接|报道|专题)?|参考(?:资料|文献|链接)|返回.{0,4}|[全正]?文?完"
          r"|分享.{0,8}|(?:发表)?评论.{0,6}|原创|转载|首页)\s?[>»：:。.）)】\]]*$"),
    _rule("furniture", "Download PDF", 40,
          r"(?:copy(?: code| link)?|copied!?|(?:download(?: the| as)? )?pdf|print|loading.{0,3}|advertisement"
          r"|sponsored(?: content)?|(?:table of )?contents|on this page|see also|further reading|home|top"
          r"|related(?: (?:articles?|posts?|stories|reading|content))?|you may also like|recommended.{0,16}"
          r"|references|footnotes|back to top|(?:the )?end|share|tweet|comments?|skip to .*)\s?[>»:.]?$"),
    _rule("furniture", "标签：某某", 60,
          r"(?:[上下]一篇|标签|关键[词字]|分类|栏目|阅读量?|浏览量?|点击量?|字数|(?:发布|更新|发表|创建)(?:时间|日期|于)"
          r"|tags?|categor(?:y|ies)|topics?|published(?: on)?|previous|next"
          r"|(?:last )?(?:updated|modified)(?: on)?)\s?[：:]",
          r"(?:filed under|posted (?:in|on|by))\b"),
    _rule("furniture", "12 comments", 24,
          r"\d[\d,.]*[kw万]?\s?(?:comments?|views?|shares?|likes?|min(?:ute)?s? read)$",
          r"\d[\d,.]*[kw万]?\s?(?:条?评论|[人次]?(?:阅读|浏览)|[个点]?赞)$"),
    _rule("date", "2022-07-22 23:38", 48, r"[\W\d年月日时分秒]*(?:[ap]\.?m\.?|utc|gmt|[a-z]{3,4})?$"),
    _rule("date", "Friday, July 22, 2022", 40,
          r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
          rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),? \d{{4}}.{{0,16}}$"),
)

HINTS = re.compile(
    r"(?<![a-z])(?:toc|table-of-contents|breadcrumbs?|related|relations?|recommend(?:ed|ation)?s?|by-?line|qr-?code|qr"
    r"|copyright|rights|editor|author-(?:card|bio|box)|bio|share|sharing|social|newsletter|advert(?:isement)?s?"
    r"|sponsor(?:ed)?|nav|navigation|pagination|sidebar|comments?|footnotes?|disclaimer|paywall|statement|aside|footer)"
    r"(?![a-z])"
)
"""Class and id names, and element names, of what stands around a text."""

DATELINE = re.compile(
    # 某某网 3 月 15 日消息，   某某社北京7月22日电（记者 某某）   （某某社北京7月22日电）
    rf"[（(【\[]?[\w·\s]{{2,24}}?{_DATE_ZH}\s?(?:\w{{2,6}}?)?(?:消息|讯|电|报道)"
    r"(?:[）)】\]]\s?|\s?[（(][^（）()]{2,40}[）)]\s?[，,：:]?\s?|\s?[，,：:]\s?|\s?题\s?[：:]\s?|\s?——?\s?|\s)"
    # 本报讯（记者 某某）   某某网讯   【某某快讯】
    r"|(?:本[报网台刊]\w{0,6}|[\w·]{2,8}[社网报台])讯(?:\s?[（(][^（）()]{2,40}[）)]\s?[，,：:]?\s?|\s?[，,：:]\s?|\s)"
    r"|【[^】]{2,16}(?:讯|消息|报道)】\s?"
    # LONDON, March 3 (Agency) -   NEW YORK (Agency) —   SAN JOSE, Calif., Jan. 5, 2022 /Agency/ --   LONDON —
    rf"|{_PLACE_EN}(?:,\s?{_DATE_EN})?\s?[(/][\w .'-]{{2,30}}[)/]\s?[-–—:]{{1,2}}\s"
    rf"|{_PLACE_EN},\s?{_DATE_EN}\s?[-–—]{{1,2}}\s"
    r"|[A-Z]{5,}(?: [A-Z]+){0,2} — |\([A-Z][\w .]{1,20}\)\s?[-–—]{1,2}\s"
)
"""The frame in front of a first sentence: it goes, the sentence stays."""

LABEL = re.compile(
    r"[【\[]?(?:编者按|编者的话|导语|导读|引言|摘要|(?:内容|文章)(?:摘要|提要|简介)|核心(?:提示|观点)"
    r"|(?:abstract|summary|tl;?dr|in brief)\b)\s?(?:[】\]]\s?[：:]?|[：:丨|｜])\s?",
    re.IGNORECASE,
)
"""What announces an introduction: it goes, and the introduction is a summary ready made."""

CREDIT = re.compile(
    r"[（(【\[]\s?(?:\w{0,4}(?:记者|通讯员)|(?:\w{0,4}编辑|责编|作者|译者|翻译|编译)[：:\s/为系]"
    r"|来源\s?[：:/]|题图|图[/：:]|图[片源]\s?[来：:/]|[文编]\s?[/：:]|原标题|资料图"
    r"|(?:photo|image|source)s?(?: by| credit| courtesy)?\s?[:/])[^（）()【】\[\]]{0,60}[）)】\]]"
    r"|[（(](?:全文)?完[）)]|\[\^[\w-]{1,20}\]:?",
    re.IGNORECASE,
)
"""Credits in brackets and marks of footnotes, anywhere in a text."""

COUNTER = re.compile(
    r"(?<![\w.])\d{1,2}(?:\.\d{1,2}){0,3}[.、)]?\s?(?=[^\W\d])|[一二三四五六七八九十]{1,2}、|第.{1,2}[章节部]"
)
"""The number of an entry in a table of contents."""
# fmt: on
