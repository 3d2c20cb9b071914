from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish.blocks import read_body
from feeds.finish.markup import is_html
from feeds.finish.prose import FOLDED, fold_prose
from feeds.model import Block, BlockKind, Body
from feeds.text import fold

TEXT, BARE, HEAD, CAPTION, ITEM, QUOTE, CODE, CELL, BEGIN, MORE = BlockKind
SNIPPETS = (
    "<p>", "</p>", "<div class='a b'>", "</div>", "<b>", "</b>", "<a href='x'>", "</a>", "<table><tr><td>", "</table>",
    "<li>", "<ul>", "<br>", "<!-- more -->", "<!--", "-->", "<script>", "</script>", "<style>", "<pre>", "</pre>",
    "<img src=a.jpg>", "<noscript>", "</noscript>", "&nbsp;", "&#1;", "&#xFFFF;", "<![CDATA[", "<?php", "<", ">", "&",
    "\"", "'", "字", "。", "\u3000", "\x00", "\ud800", "# ", "* ", "```\n", "\n", "\n\n", "    ", "[x](y)", "<svg>",
    "<o:p>", "<title>", "</body>", "<html>", "<iframe src=v>", "<h1>", "<select>", "<template>", "<math>", "<p hidden>",
)  # fmt: skip
PLAIN = "".join(filter(FOLDED.fullmatch, map(chr, range(0x110000))))
BODIES = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=5), max_size=30).map("".join)


def read(text: str, *, is_markdown: bool = False) -> Body:
    return read_body("港口/潮.md", text, is_markdown=is_markdown)


def kinds(text: str, *, is_markdown: bool = False) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read(text, is_markdown=is_markdown).blocks]


def texts(text: str, *, is_markdown: bool = False) -> list[str]:
    return [block.text for block in read(text, is_markdown=is_markdown).blocks]


def only(text: str) -> Block:
    (block,) = read(text).blocks
    return block


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<h1>A</h1><p>B</p>", [(HEAD, "A"), (TEXT, "B")]),
        ("<figure><img src=a.jpg><figcaption>C</figcaption></figure><p>B</p>", [(CAPTION, "C"), (TEXT, "B")]),
        ("<h4 class='img-desc'>C</h4><p class=img_desc>D</p>", [(CAPTION, "C"), (CAPTION, "D")]),
        ("<div class='wp-caption'><p class='wp-caption-text'>C</p></div>", [(CAPTION, "C")]),
        ("<span class='imgDesc'>C</span><p>B</p>", [(CAPTION, "C"), (TEXT, "B")]),
        ("<ul><li>A<li>B</ul>", [(ITEM, "A"), (ITEM, "B")]),
        ("<dl><dt>A<dd>B</dl>", [(ITEM, "A"), (ITEM, "B")]),
        ("<blockquote><p>A</p></blockquote>B", [(QUOTE, "A"), (BARE, "B")]),
        ("<pre><code>a\n  b</code></pre>", [(CODE, "a b")]),
        ("<pre>a<br>b</pre>", [(CODE, "a b")]),
        ("<p>A <code>b</code> c</p>", [(TEXT, "A b c")]),
    ],
)
def test_elements_tell_the_kind_of_a_block(html: str, blocks: list[tuple[BlockKind, str]]) -> None:
    assert kinds(html) == blocks


def test_bare_text_before_and_between_elements_is_a_block() -> None:
    assert texts("港口重开。<p>船来了。</p>潮水退了。<div>人也来了。</div>") == [
        "港口重开。",
        "船来了。",
        "潮水退了。",
        "人也来了。",
    ]


def test_a_break_parts_blocks() -> None:
    assert texts("<div>第一段。<br><br>　　第二段。<br/>第三段。</div>") == [
        "第一段。",
        "第二段。",
        "第三段。",
    ]


def test_a_place_where_a_word_may_break_parts_nothing() -> None:
    assert texts("<p>Donau<wbr>dampf<span>schiff</span></p>") == ["Donaudampfschiff"]


def test_nested_spans_are_one_block() -> None:
    assert texts("<p><span><span>船</span><span>来</span></span><b>了</b>。</p>") == ["船来了。"]


def test_one_line_of_plain_text_is_a_block() -> None:
    assert kinds("just one line") == [(BARE, "just one line")]
    assert kinds("https://example.com/a.html") == [(BARE, "https://example.com/a.html")]
    assert kinds("notes.txt", is_markdown=True) == [(TEXT, "notes.txt")]


@pytest.mark.parametrize("text", ["", "  \n ", "<div>\n\n</div>", "<!-- only -->", "<p>\u200b&nbsp;</p>"])
def test_a_body_without_words_has_no_blocks(text: str) -> None:
    assert read(text).blocks == ()


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- x -->",
        "<!--[if IE]><p>x</p><![endif]-->",
        "<style>p {x}</style>",
        "<STYLE type='text/css'>p &#123;x&#125;</STYLE >",
        "<script>document.write('<p>x</p>')</script>",
        "<noscript><p>x</p></noscript>",
        "<template><p>x</p></template>",
        "<iframe src='https://video.example.com/'>x</iframe>",
        "<p hidden>x</p>",
        "<div style='color:red; display : none'><p>x</p></div>",
        "<a aria-hidden='true'>x</a>",
        "<button>x</button><select><option>x</select><textarea>x</textarea>",
        "<svg><title>x</title><text>x</text></svg>",
        "<head><title>x</title></head>",
        "<?xml version='1.0'?>",
    ],
)
def test_what_nobody_sees_is_no_text_and_not_in_the_html(hidden: str) -> None:
    body = read(f"<div><p>A</p>{hidden}<p>B</p></div>")
    assert [block.text for block in body.blocks if not block.is_hidden] == ["A", "B"]
    assert "x" not in body.html.replace("https://video.example.com/", "")


@pytest.mark.parametrize(
    "marker",
    [
        "<!-- more -->",
        "<!--more-->",
        "<!--more Read on-->",
        "<!-- MORE -->",
        '<span id="more-123"></span>',
        '<a id="more"></a>',
        "<!-- PELICAN_END_SUMMARY -->",
        "<!-- TEASER_END -->",
        "<!-- truncate -->",
    ],
)
def test_a_more_marker_is_a_block_without_text(marker: str) -> None:
    assert kinds(f"<p>A</p>{marker}<p>B</p>") == [(TEXT, "A"), (MORE, ""), (TEXT, "B")]
    assert "more" not in read(f"<p>A</p>{marker}<p>B</p>").html


@pytest.mark.parametrize("marker", ["<!-- more -->", "<!--more-->", '<span id="more-1"></span>'])
def test_a_more_marker_in_markdown_is_one_too(marker: str) -> None:
    assert kinds(f"A\n\n{marker}\n\nB", is_markdown=True) == [(TEXT, "A"), (MORE, ""), (TEXT, "B")]


def test_summary_comments_mark_both_ends() -> None:
    html = "<!-- PELICAN_BEGIN_SUMMARY --><p>A</p><!-- PELICAN_END_SUMMARY --><p>B</p>"
    assert kinds(html) == [(BEGIN, ""), (TEXT, "A"), (MORE, ""), (TEXT, "B")]


def test_a_comment_about_more_is_no_marker() -> None:
    assert kinds("<p>A</p><!-- moreover: --><p>B</p>") == [(TEXT, "A"), (TEXT, "B")]


def test_a_marker_inside_a_paragraph_parts_it() -> None:
    assert kinds("<p>A<!--more-->B</p>") == [(TEXT, "A"), (MORE, ""), (TEXT, "B")]


def test_cells_of_a_table_are_blocks_of_their_own_kind() -> None:
    html = "<table><tr><th>Port</th><th>Depth</th></tr><tr><td>North</td><td>8.5</td></tr></table>"
    assert kinds(html) == [(CELL, "Port"), (CELL, "Depth"), (CELL, "North"), (CELL, "8.5")]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>A</td></tr></table>",
        "<table><tr><td><div>A</div></td><td></td></tr></table>",
        "<table><tr><td><table><tr><td><div>A</div></td><td></td></tr></table></td><td></td></tr></table>",
    ],
)
def test_a_table_that_lays_out_the_page_is_seen_through(html: str) -> None:
    assert kinds(html) == [(BARE, "A")]


def test_a_paragraph_of_a_layout_cell_is_a_paragraph() -> None:
    assert kinds("<table><tr><td><p>A</p></td><td></td></tr></table>") == [(TEXT, "A")]


def test_text_of_a_layout_cell_before_its_blocks_is_bare_text() -> None:
    assert kinds("<table><tr><td>A<p>B</p></td><td>C</td></tr></table>") == [
        (BARE, "A"),
        (TEXT, "B"),
        (CELL, "C"),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>　　港口　重开</p>", "港口 重开"),
        ("<p>a\u200bb\ufeff c\u00ad\u0007</p>", "ab c"),
        ("<p>港\u200d口\u200c</p>", "港口"),
        ("<p>👩\u200d🔧</p>", "👩\u200d🔧"),
        ("<p>if (x) &#123; y &#125; &amp;amp; &lt;b&gt;</p>", "if (x) { y } &amp; <b>"),
        ("<p>one\n   two\t&nbsp;three</p>", "one two three"),
        ("<p>港口\n    重开</p>", "港口重开"),
        ("<p>注<sup><a href='#fn1'>[1]</a></sup>释</p>", "注释"),
        ("<p><ruby>港<rp>(</rp><rt>gang</rt><rp>)</rp></ruby>口</p>", "港口"),
    ],
)
def test_text_is_on_one_line_without_unseen_marks(html: str, text: str) -> None:
    assert only(html).text == text


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>no link at all</p>", 0.0),
        ("<p><a href=x>all of it</a></p>", 1.0),
        ("<p><a href=x>half</a> rest</p>", 0.5),
        ("<p><a href=x><b>half</b></a> <i>rest</i></p>", 0.5),
    ],
)
def test_the_share_of_links_is_told(html: str, linked: float) -> None:
    assert only(html).linked == linked


def test_names_of_the_element_and_its_parents_are_hints_the_nearest_first() -> None:
    block = only("<div class='Article body' id=main><p class=appendQr_wrap>x</p></div>")
    assert block.hints == "append-qr-wrap article body main"


def test_names_inside_a_paragraph_hint_at_it_only_when_they_hold_all_its_text() -> None:
    assert only("<p><span class=byline>x</span></p>").hints == "byline"
    assert only("<p><span class=byline>x</span> y</p>").hints == ""
    assert only("<p><span class=byline>x<i class=''>y</i></span></p>").hints == "byline"
    assert only("<p><span class=a>x</span><span class=a>y</span></p>").hints == ""


def test_a_foot_or_side_element_hints_like_a_name() -> None:
    assert only("<aside><p>x</p></aside>").hints == "aside"


def test_html_is_kept_without_looks_and_scripts() -> None:
    html = '<p style="color:red" class="a" onclick="x()" data-x="1" id="top">港<b class=x>口</b></p>'
    assert read(html).html == '<p id="top">港<b>口</b></p>'


def test_markdown_is_rendered() -> None:
    text = (
        "# Port\n\nThe *tide* is ~~low~~ high.\n\n- one\n- two\n\n> said\n\n```py\nx = 1\n```\n\n|a|b|\n|-|-|\n|1|2|\n"
    )
    assert kinds(text, is_markdown=True) == [
        (HEAD, "Port"),
        (TEXT, "The tide is low high."),
        (ITEM, "one"),
        (ITEM, "two"),
        (QUOTE, "said"),
        (CODE, "x = 1"),
        (CELL, "a"),
        (CELL, "b"),
        (CELL, "1"),
        (CELL, "2"),
    ]


def test_html_inside_markdown_counts() -> None:
    assert kinds("Port\n\n<p align=center>tide</p>\n", is_markdown=True) == [(TEXT, "Port"), (TEXT, "tide")]


def test_indented_html_in_a_markdown_file_is_no_code() -> None:
    html = (
        "<div>   \n\n      <p>港口重开。</p>\n\n\n        <div>\n            潮水退了。\n    </div>\n\n</div>\n      "
    )
    assert kinds(html, is_markdown=True) == [(TEXT, "港口重开。"), (BARE, "潮水退了。")]


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n<p>x</p>\n</div>",
        "\n\n  <!-- note --><div>x</div><!-- end -->\n",
        "<!DOCTYPE html><html><body>x</body></html>",
        "<p>x</p>\n<p>y</p>",
        "<section><h2># x</h2>\n\n# y\n</section>",
        "潮水退了。<p>船来了。</p><p>人来了。</p><p>都来了。</p>",
        "潮水退了。<br>船来了。<br>人来了。",
    ],
)
def test_html_is_known_in_a_markdown_file(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Port\n\ntext",
        "plain text",
        "",
        "<p align=center><img src=a.png></p>\n\n# Port\n\ntext\n\n<p>end</p>",
        "<div align=center>\n\n# Port\n\n</div>\n\nSome *tide* and [a link](https://example.com).\n\n- x\n",
        "<img src=a.png>\n\ntext **bold**",
        "<!-- note -->\n\ntext",
        "text with <br> one break",
        "<!-- open",
    ],
)
def test_markdown_that_begins_with_html_stays_markdown(text: str) -> None:
    assert not is_html(text)


def test_template_tags_of_generators_are_no_text() -> None:
    text = 'A\n\n{% include toc.html %}\n\n{{< figure src="a.png" >}}\n\nB {{% note %}}C{{% /note %}}\n'
    assert texts(text, is_markdown=True) == ["A", "B C"]


def test_template_tags_in_code_stay() -> None:
    assert texts("```\n{% raw %}\n```\n\nUse `{% x %}`.\n", is_markdown=True) == ["{% raw %}", "Use {% x %}."]


def test_marks_of_footnotes_are_no_text() -> None:
    assert texts("A[^1] b.\n\n[^1]: The note.\n", is_markdown=True) == ["A b.", "The note."]


def test_imports_of_a_page_with_components_are_no_text() -> None:
    assert texts("import Box from '../box'\n\nA\n", is_markdown=True) == ["A"]


def test_a_highlight_tag_is_a_block_of_code() -> None:
    assert kinds("{% highlight ruby %}\nputs 1\n{% endhighlight %}\n", is_markdown=True) == [(CODE, "puts 1")]


def test_an_unclosed_comment_or_script_does_not_break_reading() -> None:
    assert texts("<p>A</p><!-- never closed <p>B</p>")[0] == "A"
    assert texts("<p>A</p><script>never closed <p>B</p>")[0] == "A"


def test_elements_that_are_never_closed_still_part_blocks() -> None:
    assert texts("<div><p>A<p>B<div>C") == ["A", "B", "C"]


@given(BODIES, st.booleans())
def test_any_text_gives_a_body_of_folded_blocks(text: str, is_markdown: bool) -> None:
    body = read(text, is_markdown=is_markdown)
    for block in body.blocks:
        assert (block.text == "") == (block.kind is MORE)
        assert block.text == " ".join(block.text.split())
        assert 0 <= block.linked <= 1
    assert "<script" not in body.html
    assert "<!--" not in body.html
    (body.html + "".join(block.text for block in body.blocks)).encode()


@given(BODIES)
def test_html_read_again_says_the_same(text: str) -> None:
    first = read(text)
    again = read(first.html)
    shown = [block.text for block in first.blocks if not block.is_hidden]
    assert "".join("".join(shown).split()) == "".join("".join(block.text for block in again.blocks).split())


@pytest.mark.parametrize("end", ["<", "</", "<a", "<!", "<script><", "<noscript><", "<svg></"])
def test_a_body_that_ends_within_a_tag_is_read_to_there(end: str) -> None:
    assert texts(f"<div><p>A</p>{end}")[0] == "A"


def test_what_is_said_of_one_body_is_not_said_of_the_next() -> None:
    table = "<table class=a><tr><td>A</td><td>B</td></tr><tr><td><p>C</p></td><td>D</td></tr></table>"
    layout = "<table class=a><tr><td><p>A</p></td></tr></table>"
    first = kinds(table)
    assert kinds(layout) == [(TEXT, "A")]
    assert kinds(f"<div>{layout}{table}</div>") == [(TEXT, "A"), *first]
    assert kinds(table) == first


def test_a_name_that_a_template_left_unfilled_is_no_attribute() -> None:
    assert read("<div><p {x}hidden {y}id=top>A</p><p>B</p></div>").html == "<div><p>A</p><p>B</p></div>"


def test_a_body_of_html_needs_neither_markdown_nor_selectors() -> None:
    code = """
import sys
from feeds.finish.blocks import read_body
read_body("a.md", "<div><p>A</p></div>", is_markdown=True)
print([name for name in ("bs4", "soupsieve", "markdown_it") if name in sys.modules])
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert shown.split() == ["[]"]


@given(st.text(st.sampled_from(PLAIN) | st.sampled_from(" \t\xa0\u3000")))
def test_plain_text_is_folded_the_short_way_as_the_long_way(text: str) -> None:
    assert fold_prose(text) == fold(text)


@pytest.mark.long
def test_no_plain_letter_is_composed_with_the_one_before_it() -> None:
    composed = {unicodedata.normalize("NFD", chr(code))[1:] for code in range(0x110000)}
    assert not [letter for letter in PLAIN if letter in "".join(composed)]
    assert not [letter for letter in PLAIN if unicodedata.combining(letter)]
    assert unicodedata.is_normalized("NFC", PLAIN)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('![a](a.jpg){: .icon\nwidth="70"}The boats.', ["The boats."]),
        ("At &lt;https://a.example/b&gt;: tide.", ["At <https://a.example/b>: tide."]),
        ("At https://a.example/?b&gte=1 tide.", ["At https://a.example/?b&gte=1 tide."]),
    ],
)
def test_marks_of_markdown_that_another_line_or_an_entity_ends(written: str, shown: list[str]) -> None:
    assert [text for text in texts(written, is_markdown=True) if text] == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("很**“好”**。再**来**一次。", "很“好”。再来一次。"),
        ("変更**「ハンク (Hunk)」**の単位", "変更「ハンク (Hunk)」の単位"),
        ("`a` を **`b` で判定（真）**。次", "a を b で判定（真）。次"),
        ("用**[链接](https://a.example/)**看", "用链接看"),
        ("二乘**三，四 ** 五", "二乘**三，四 ** 五"),
        ('a**"b"**c', 'a**"b"**c'),
        ("幂（**）运算，用 **。", "幂（**）运算，用 **。"),
        ("𠮷**“好”**𠮷", "𠮷“好”𠮷"),
    ],
)
def test_emphasis_needs_no_blanks_in_chinese_and_japanese(written: str, shown: str) -> None:
    assert texts(written, is_markdown=True) == [shown]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('See [tide][1].\n\n [1]: {{ "https://a.example/b" | archiveUrl: "2018" }}', ["See tide."]),
        ('See {{ "https://a.example/b" | tweet }} there.', ["See there."]),
    ],
)
def test_any_filter_of_an_address_is_for_that(written: str, shown: list[str]) -> None:
    assert texts(written, is_markdown=True) == shown
    assert "https" not in "".join(texts(written, is_markdown=True))


def test_an_underlined_heading_tells_markdown() -> None:
    text = "Tide\n----\n\nThe __boats__.\n\n{{< code >}}\n<p>a</p>\n<p>b</p>\n{{< /code >}}\n"
    assert not is_html(text)
    assert is_html("<table><tr><td>a</td></tr></table>\n<p>b</p>\n<p>c</p>")
