"""Template tags: what each becomes, and that none is ever shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish.blocks import read_body
from feeds.finish.content import clean_html
from feeds.finish.replacements import TAGS
from feeds.finish.summary import summarise
from feeds.finish.verdicts import Judge
from feeds.model import BlockKind

TAG = re.compile(r"\{%.*?%\}|(?<!\$)\{\{[^{}]*\}\}|\{\{[<%].*?[>%]\}\}", re.DOTALL)
CODE = re.compile(r"<(pre|code)>.*?</\1>", re.DOTALL)


def html_of(text: str, *, is_markdown: bool = True) -> str:
    """Return the body's HTML on one line, without blanks between elements, our notations easy to read."""
    html = read_body("a.md", text, is_markdown=is_markdown).html.replace("%7B", "{").replace("%7D", "}")
    return re.sub(r">\s+<", "><", html).strip()


def texts(text: str, *, is_markdown: bool = True) -> list[str]:
    return [block.text for block in read_body("a.md", text, is_markdown=is_markdown).blocks]


PICTURES = [
    ("{% asset_img a.png Title %}", '<img src="{asset}a.png" alt="Title" title="Title">'),
    ("{% asset_img a.png %}", '<img src="{asset}a.png" alt="">'),
    (
        "{% asset_img left a.png 300 200 'The pier' %}",
        '<img src="{asset}a.png" alt="The pier" title="The pier" width="300" height="200">',
    ),
    (
        "{% asset_img a.png '\"Title\" \"What it shows\"' %}",
        '<img src="{asset}a.png" alt="What it shows" title="Title">',
    ),
    ("{% img /pier.jpg %}", '<img src="/pier.jpg" alt="">'),
    ("{% img [left] /pier.jpg %}", '<img src="/pier.jpg" alt="">'),
    ('{{< figure src="a.png" >}}', '<img src="a.png" alt="">'),
    ('{{< figure src="a.png" alt="Pier" >}}', '<img src="a.png" alt="Pier">'),
    ('{{<figure src="a.png">}}', '<img src="a.png" alt="">'),
    (
        '{{< figure src="a.png" caption="At \\"home\\"" >}}',
        '<figure><img src="a.png" alt="At &quot;home&quot;"><figcaption>At "home"</figcaption></figure>',
    ),
    (
        "{{< figure src=`a.png` caption=`Dawn` >}}",
        '<figure><img src="a.png" alt="Dawn"><figcaption>Dawn</figcaption></figure>',
    ),
    ('{{< figure\n  src="a.png"\n  alt="Pier"\n>}}', '<img src="a.png" alt="Pier">'),
    ('{% include figure.html src="/a.png" alt="Pier" %}', '<img src="/a.png" alt="Pier">'),
    ('{% include image.html url="/a.png" %}', '<img src="/a.png" alt="">'),
    ('{% image "a.png", "Pier" %}', '<img src="a.png" alt="Pier" title="Pier">'),
    ('{{ image(src="a.png", alt="Pier") }}', '<img src="a.png" alt="Pier">'),
    ("![Pier]({% asset_path a.png %})", '<p><img src="{asset}a.png" alt="Pier"></p>'),
    ("![Pier]({{ site.baseurl }}/a.png)", '<p><img src="{site}/a.png" alt="Pier"></p>'),
    ("![Pier]({{ '/a.png' | relative_url }})", '<p><img src="{site}/a.png" alt="Pier"></p>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PICTURES)
def test_a_tag_that_shows_a_picture_is_the_picture(text: str, expected: str) -> None:
    assert sorted(re.split(r"[ >]", html_of(text))) == sorted(re.split(r"[ >]", expected))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("{% youtube lJJBVONbIs0 %}", "https://www.youtube.com/watch?v=lJJBVONbIs0"),
        ("{{< youtube lJJBVONbIs0 >}}", "https://www.youtube.com/watch?v=lJJBVONbIs0"),
        ('{{< youtube id="lJJBVONbIs0" autoplay="true" >}}', "https://www.youtube.com/watch?v=lJJBVONbIs0"),
        ('{{ youtube(id="lJJBVONbIs0") }}', "https://www.youtube.com/watch?v=lJJBVONbIs0"),
        ('{% include youtube.html id="lJJBVONbIs0" %}', "https://www.youtube.com/watch?v=lJJBVONbIs0"),
        ("{% youtube https://youtu.be/lJJBVONbIs0 %}", "https://youtu.be/lJJBVONbIs0"),
        ("{% vimeo 12345 %}", "https://vimeo.com/12345"),
        ("{{< vimeo 12345 >}}", "https://vimeo.com/12345"),
        ("{{< bilibili BV1xx411c7mD >}}", "https://www.bilibili.com/video/BV1xx411c7mD"),
        ("{% gist someone/996818 %}", "https://gist.github.com/someone/996818"),
        ("{{< gist someone 996818 >}}", "https://gist.github.com/someone/996818"),
        ("{% gist 996818 a.js %}", "https://gist.github.com/996818"),
        ("{{< tweet 877500564405444608 >}}", "https://twitter.com/i/status/877500564405444608"),
        ('{{< x user="a" id="1" >}}', "https://twitter.com/a/status/1"),
        ("{% iframe https://example.com/map 600 400 %}", "https://example.com/map"),
        ('{% include video id="lJJBVONbIs0" provider="youtube" %}', "https://www.youtube.com/watch?v=lJJBVONbIs0"),
        ("{% jsfiddle ccWP7 %}", "https://jsfiddle.net/ccWP7"),
    ],
)
def test_a_tag_that_plays_something_is_a_link_to_it(text: str, address: str) -> None:
    assert html_of(text) == f'<p><a href="{address}">{address}</a></p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "See {% post_link night-shift 'The night shift' %}.",
            '<p>See <a href="{article}night-shift">The night shift</a>.</p>',
        ),
        ("See {% post_link 2021/night-shift %}.", '<p>See <a href="{article}2021/night-shift">night shift</a>.</p>'),
        ("{% link The port https://example.com/port %}", '<p><a href="https://example.com/port">The port</a></p>'),
        ("{% asset_link a.pdf The plan %}", '<p><a href="{asset}a.pdf">The plan</a></p>'),
        ("[plan]({% link /files/a.pdf %})", '<p><a href="{site}/files/a.pdf">plan</a></p>'),
        ('[below]({{< ref "#tide" >}})', '<p><a href="#tide">below</a></p>'),
        ("{% btn https://example.com/a, Go there, ship %}", '<p><a href="https://example.com/a">Go there</a></p>'),
        ('{{< button href="/a" >}}Go{{< /button >}}', '<p><a href="/a">Go</a></p>'),
        ("{% link The port https://example.com true Title %}", '<p><a href="https://example.com">The port</a></p>'),
        ("A {% label primary@low %} tide", "<p>A low tide</p>"),
    ],
)
def test_a_tag_that_links_is_a_link_or_its_text(text: str, expected: str) -> None:
    assert html_of(text) == expected


@pytest.mark.parametrize(
    "address",
    [
        "{% post_url 2021-03-14-night %}",
        '{{< ref "night.md" >}}',
        '{{< relref "night.md#x" >}}',
        "{% link _posts/a.md %}",
    ],
)
def test_a_link_to_an_article_that_is_not_known_keeps_its_text_alone(address: str) -> None:
    body = read_body("a.md", f"See [the night shift]({address}).\n", is_markdown=True)
    clean = clean_html(body.html, resolve_link=lambda one: None if "%7Barticle%7D" in one else one, resolve_picture=str)
    assert clean == "<p>See the night shift.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "{% codeblock lang:js Title %}\nlet a = `{{ b }}`;\n{% endcodeblock %}",
        "{% highlight js linenos %}\nlet a = `{{ b }}`;\n{% endhighlight %}",
        '{{< highlight js "linenos=table" >}}\nlet a = `{{ b }}`;\n{{< /highlight >}}',
        "{% code %}\nlet a = `{{ b }}`;\n{% endcode %}",
        "{% raw %}\n```js\nlet a = `{{ b }}`;\n```\n{% endraw %}",
        "```js\n{% raw %}\nlet a = `{{ b }}`;\n{% endraw %}\n```",
    ],
)
@pytest.mark.parametrize("is_markdown", [True, False])
def test_code_stays_code(text: str, is_markdown: bool) -> None:
    if "```" in text and not is_markdown:
        pytest.skip("HTML knows no fences")
    assert html_of(text, is_markdown=is_markdown).replace("\n", "") == "<pre><code>let a = `{{ b }}`;</code></pre>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`{% x %}` and `{{ y }}`", "<p><code>{% x %}</code> and <code>{{ y }}</code></p>"),
        ("`{% raw %}{{ y }}{% endraw %}`", "<p><code>{{ y }}</code></p>"),
        ("{% raw %}{{ y }}{% endraw %}", "<p>{{ y }}</p>"),
        ("{% raw %}\n\n    {{ y }}\n\n{% endraw %}", "<pre><code>{{ y }}\n</code></pre>"),
        ("{{</* ref a */>}}", "<p><code>{{&lt; ref a &gt;}}</code></p>"),
        ("`{{</* ref a */>}}`", "<p><code>{{&lt; ref a &gt;}}</code></p>"),
        ("<code>{{ y }}</code>", "<p><code>{{ y }}</code></p>"),
        ("    {{ y }}", "<pre><code>{{ y }}\n</code></pre>"),
        ("- a\n\n      {{ y }}", "<ul><li><p>a</p><pre><code>{{ y }}\n</code></pre></li></ul>"),
        (
            "    [B]({{ site.baseurl }}{% link _posts/b.md %})",
            "<pre><code>[B]({{ site.baseurl }}{% link _posts/b.md %})\n</code></pre>",
        ),
        ("``` {{ y }} ```", "<p><code>{{ y }}</code></p>"),
    ],
)
def test_what_is_meant_to_be_read_stays(text: str, expected: str) -> None:
    assert html_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% blockquote %}\nThe *tide*\n{% endblockquote %}", "<blockquote><p>The <em>tide</em></p></blockquote>"),
        (
            "{% blockquote Ann, The Tide https://example.com/t Page 3 %}\nLow.\n{% endblockquote %}",
            "<blockquote><p>Low.</p><p>— <cite>Ann, The Tide, "
            '<a href="https://example.com/t">Page 3</a></cite></p></blockquote>',
        ),
        ('{% quote(author="Ann") %}\nLow.\n{% end %}', "<blockquote><p>Low.</p><p>— <cite>Ann</cite></p></blockquote>"),
        ("{% pullquote left %}\nLow.\n{% endpullquote %}", "<blockquote><p>Low.</p></blockquote>"),
        ("{% note info %}\nLow *tide*.\n{% endnote %}", "<p>Low <em>tide</em>.</p>"),
        ('{{% notice tip "Mind" %}}\nLow.\n{{% /notice %}}', "<p><strong>Mind</strong></p><p>Low.</p>"),
        ('{{< tabs >}}\n{{< tab "A" >}}\nLow.\n{{< /tab >}}\n{{< /tabs >}}', "<p>Low.</p>"),
        (
            '{{< details summary="More" >}}\nLow.\n{{< /details >}}',
            "<details><summary>More</summary><p>Low.</p></details>",
        ),
        ("{% nobody_knows a b %}\nLow.\n{% endnobody_knows %}", "<p>Low.</p>"),
        ("Low{% nobody_knows %}.", "<p>Low.</p>"),
        ("{% comment %}\nNot *this*\n{% endcomment %}\nLow.", "<p>Low.</p>"),
        ("{# not this #}\nLow.", "<p>Low.</p>"),
        ("{% note ship cyan, The tide is low. %}", "<p>The tide is low.</p>"),
        ("It costs $5 {{ site.name }} or $6.", "<p>It costs $5  or $6.</p>"),
        ("{% if a %}\nLow.\n{% else %}\nHigh.\n{% endif %}", "<p>Low.</p>"),
        ("{% if a %}A{% elsif b %}B{% else %}C{% endif %}.", "<p>A.</p>"),
        ("{% if a %}{% if b %}A{% else %}B{% endif %}C{% else %}D{% endif %}.", "<p>AC.</p>"),
        ("{% case a %}{% when 1 %}A{% when 2 %}B{% else %}C{% endcase %}.", "<p>A.</p>"),
        ("{% if a %}A{% else %}B.", "<p>AB.</p>"),
        ("- a\n\n  {% note %}\n  Low.\n  {% endnote %}\n- b", "<ul><li><p>a</p><p>Low.</p></li><li><p>b</p></li></ul>"),
        ("> {% asset_img a.png %}\n> Low.", '<blockquote><img src="{asset}a.png" alt=""><p>Low.</p></blockquote>'),
        ("{% note %}{% note %}Low.{% endnote %}{% endnote %}", "<p>Low.</p>"),
    ],
)
def test_what_stands_inside_a_tag_stays(text: str, expected: str) -> None:
    assert html_of(text).replace("\n", "") == expected


def test_what_tags_leave_at_the_beginning_of_a_line_makes_no_code() -> None:
    text = "{% assign a = 1 %} {% assign b = 2 %} {% assign c = 3 %} {% assign d = 4 %} The tide.\n"
    assert html_of(text) == "<p>The tide.</p>"
    assert html_of("- a\n  {% assign a = 1 %} b\n") == "<ul><li>a\nb</li></ul>"


@pytest.mark.parametrize("tag", ["{% if.", "{{< foo bar", "{% codeblock", "{{% note", "{% endif", "{% asset_img a.png"])
def test_a_tag_that_is_never_closed_goes_with_its_line(tag: str) -> None:
    assert html_of(f"The tide. {tag}\n\nLow.") == "<p>The tide.</p><p>Low.</p>"


@pytest.mark.parametrize("hidden", ["%%low%%", "%% not\nlow %%", "{::comment}low{:/comment}", "{::comment}low{:/}"])
def test_what_a_note_hides_is_hidden(hidden: str) -> None:
    assert texts(f"The tide {hidden} is low.") == ["The tide is low."]


@pytest.mark.parametrize("text", ["50%% of 20%%", "%%d and %%s", "100%", "Of `%%this%%`."])
def test_percent_signs_hide_nothing(text: str) -> None:
    assert "".join(texts(text)) == text.replace("`", "")


@pytest.mark.parametrize(
    "text",
    [
        "Set ${{ secrets.TOKEN }} there.",
        "$${{x}}$$",
        r"It is $\frac{{a}}{{b}}$ high.",
        r"It costs $5, and $\frac{{a}}{{b}}$ here.",
        r"\(y_1*z*q\)",
        "$a*b*c$",
        "$$a*b*c$$",
    ],
)
def test_formulas_and_what_actions_write_stay_as_they_are(text: str) -> None:
    assert html_of(text) == f"<p>{text}</p>"


def test_html_bodies_lose_their_tags_too() -> None:
    html = (
        '<p>A {% label x@low %} tide.</p>{% asset_img a.png Pier %}<pre>{% x %}</pre><a href="{{ site.url }}/b">B</a>'
    )
    assert html_of(html, is_markdown=False) == (
        '<p>A low tide.</p><img src="{asset}a.png" alt="Pier" title="Pier"><pre>{% x %}</pre><a href="{site}/b">B</a>'
    )


@pytest.mark.parametrize("text", ["{% open", "{{ open", "{{1,2},{3,4}}", "100 {% and 50 %}", "a }} b", "$x^{{a}}$"])
def test_braces_that_are_no_tag_stay(text: str) -> None:
    if text == "100 {% and 50 %}":
        assert texts(text) == ["100"]  # no program could tell
    else:
        assert texts(text) == [text]


def test_values_of_tags_are_escaped() -> None:
    html = html_of('{{< figure src="a.png" caption="<script>x</script>\'&" >}}')
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_picture_in_a_table_stays_in_its_cell() -> None:
    html = html_of("|a|\n|-|\n| {{< figure src=`a.png` alt=`x|y` >}} |\n")
    assert '<td><img src="a.png" alt="x|y"></td>' in html


def test_every_name_of_the_table_is_in_lower_case() -> None:
    assert all(name == name.lower() and name.strip() for name in TAGS)


NAMES = st.sampled_from([*TAGS, "unclosed", "note", "tabs", "nobody", "if", "include a.html", "figure", "end", "else"])
ARGUMENTS = st.text(alphabet="ab=\"'`./:@, \n<>", max_size=20).filter(lambda text: "%}" not in text)
FORMS = ["{{% {} {} %}}", "{{%- {} {} -%}}", "{{{{< {} {} >}}}}", "{{{{% {} {} %}}}}", "{{{{ {} {} }}}}"]
TAGS_AND_TEXT = st.lists(
    st.one_of(
        st.builds(
            lambda form, slash, name, arguments: form.format(slash + name, arguments),
            st.sampled_from(FORMS), st.sampled_from(["", "", "end", "/"]), NAMES, ARGUMENTS,
        ),
        st.sampled_from(["\n", "\n\n", " ", "tide ", "> ", "- ", "    ", "$", "|a|\n", "**", "[a](", ")", "<b>"]),
    ),
    max_size=14,
)  # fmt: skip


@given(TAGS_AND_TEXT, st.booleans())
def test_no_template_tag_is_left_outside_code(pieces: list[str], is_markdown: bool) -> None:
    body = read_body("a.md", "".join(pieces), is_markdown=is_markdown)
    prose = [block.text for block in body.blocks if block.kind is not BlockKind.CODE]
    clean = clean_html(body.html, resolve_link=lambda one: one, resolve_picture=lambda one: one)
    shown = re.sub(r"<[^>]*>", "", CODE.sub("", clean))
    assert not TAG.search(shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    if len(prose) == len(body.blocks) and "<code>" not in body.html:
        assert not TAG.search(summarise(Judge("Title", body), None, width=400).text)


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "{%", "{{", "{{<", "{#", "{% x %}", "{% raw %}", "{% note %}", "{% endnote %}", "{% end %}", "{{</* ", "`",
        "{% note %}{% endnote %}", "```\n", "{{ x }}", "[a]({% post_url x %})", "<pre>{%", "{% x '", "{{ x(", "{% x a=",
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_markdown", [True, False])
def test_a_megabyte_of_tags_is_read_in_bounded_time(piece: str, is_markdown: bool) -> None:
    from time import process_time

    from feeds.finish.template import replace_tags

    start = process_time()
    replace_tags(piece * (1_000_000 // len(piece)), is_markdown=is_markdown)
    assert process_time() - start < 20
