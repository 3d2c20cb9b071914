"""Habits of publishers who write English."""

from __future__ import annotations

from feeds.finish.rules.rule import rule

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?"
_PLACE = r"[A-Z][A-Z.' -]{2,30}(?:,\s?[A-Z][\w. ]{1,14})?"

# fmt: off
WORDS = (
    r"\(c\)|advertisement|affiliate|all rights reserved|apr|article|aug|browser|buy me|by|categor|clarification"
    "|click here|comment|commission|compensation|contents|cookies|copied|copy|correction|create an account"
    "|cross|dear|dec|download |edit|end|enjoy|feb|filed under|first|follow us|footnotes|h/t|hat tip|hello|hey"
    "|hi|home|if you |illustration|image|jan|javascript|join our |jul|jun|licensed under|like|limit|loading"
    "|log|love|mar|may|modified|next|nov|oct|originally|pdf|photo|picture|posted |previous|print|published"
    "|read|references|register|related|reporting|see also|sep|share|sign |skip to |source|sponsored|subscribe"
    "|support |syndicated from|tag|thanks to |the post |top|translation|tweet|update|via|view|without |©"
)
"""One of them is in each habit, in lower case."""

RULES = (
    rule("by-line", "By Jane Doe, Staff Writer", 80,
          r"(?:(?:written|posted|story|words|text|photos?|reported) )?by:? (?-i:[A-Z])[^.!?]{2,60}$"),
    rule("editor", "Editing by Jane Doe", 120,
          r"(?:additional )?(?:edit(?:ors?|ed|ing)|reporting|proofread|translation)(?: by (?-i:[A-Z])|:)"),
    rule("rights", "© 2022 Example. All rights reserved.", 200,
          r".{0,60}all rights reserved|©|\(c\) ?\d{4}|copyright (?:© ?|\(c\) ?)?\d{4}(?:\s?[-–,]\s?\d{4})?[,.]?(?:$| (?-i:[A-Z©]))",
          r"(?:this|no part of|reproduc|republi).{0,60} (?:without .{0,24}permission|licensed under)"),
    rule("thanks", "Thanks to a reader for the tip", 120,
          r"thanks to .{1,50} for (?:the|this|their|his|her|sending|pointing)\b|h/t\b|hat tip|via:? "),
    rule("series", "This is part 3 of Halt No. 9, in which …", 160,
         r"this is (?:part \w+|the (?:first|second|third|fourth|fifth|last|final|latest)(?: part| post| instalment)?)\b.{0,40}\b(?:of|in)\b"),
    rule("provenance", "Originally published at example.com", 160,
          r"(?:(?:this|the) (?:article|post|story|essay|piece)\b.{0,30}\b)?"
          r"(?:originally|first) (?:appeared|published|posted)",
          r"republished (?:from|with)|cross-?posted|reprinted (?:from|with)|syndicated from"),
    rule("provenance", "Image credit: Jane Doe", 120,
          r"(?:(?:cover |featured |lead )?(?:image|photo|picture|graphic|illustration)s?"
          r"(?: credits?| courtesy| source)?|source)(?::| by\b| courtesy of\b)"),
    rule("appeal", "Sign in to continue reading", 140,
          r"(?:please |to (?:continue|keep|read|view|access|unlock).{0,40}? )?"
          r"(?:subscribe|sign (?:in|up)|log ?in|register|create an account)"
          r"(?: or [\w ]{2,16})?,? (?:(?:to|for) (?:our|unlimited|full|free|more|continue|read|keep|access|unlock|get|receive|view|comment|see)"
          r"|to (?:the|this) .{0,24}(?:newsletter|list|feed|channel|podcast)|now|today|via|here)\b"),
    rule("appeal", "Already a subscriber? Continue reading", 120,
          r"already (?:a|have|an) .{0,14}(?:subscriber|member|account)|(?:continue|keep) reading\b",
          r"read (?:more|the (?:full|rest)[\w ]{0,30})\s?(?:$|[>»:.…→]|(?:about|on|at|here)\b)|click here\b|follow us\b|share this\b",
          r"download (?:the|our) .{0,16}\bapp\b",
          r"if you (?:like|enjoy)ed this\b|join our (?:newsletter|mailing)"),
    rule("furniture", "Download PDF", 40,
          r"(?:copy(?: code| link)?|copied!?|(?:download(?: the| as)? )?pdf|print|loading.{0,3}|advertisement"
          r"|sponsored(?: content)?|(?:table of )?contents|on this page|see also|further reading|home|top"
          r"|related(?: (?:articles?|posts?|stories|reading|content))?|you may also like|recommended.{0,16}"
          r"|references|footnotes|back to top|(?:the )?end|share|tweet|comments?|skip to .*)\s?[>»:.]?$"),
    rule("date", "Friday, July 22, 2022", 40,
          r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
          rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),? \d{{4}}.{{0,16}}$"),
    rule("furniture", "Tags: tide", 60,
         r"(?:tags?|categor(?:y|ies)|topics?|published(?: on)?|previous|next"
         r"|(?:last )?(?:updated|modified)(?: on)?)\s?[：:]",
         r"(?:filed under|posted (?:in|on|by))\b"),
    rule("furniture", "12 comments", 24, r"\d[\d,.]*[kw]?\s?(?:comments?|views?|shares?|likes?)$"),
    rule("furniture", "2 min read · Ports", 60, r".{0,48}\b\d+[- ]?min(?:ute)?s?[- ]read"),
    rule("furniture", "The post Title appeared first on Site.", 200, r"the post .{1,160} (?:appeared first|first appeared) on "),
    rule("furniture", "View this email in your browser", 60, r"(?:view|read) (?:this|it) .{0,24}\bbrowser\b"),
    rule("rights", "We may earn a commission from links on this page", 200,
         r"(?:we|this (?:post|page|article|site|story)|some of the links)\b.{0,100}\b(?:affiliate|commissions?|compensation"
         r"|independent(?:ly)? (?:review|select|recommend))"),
    rule("appeal", "You have read 3 of 5 free articles", 100,
         r"you(?:.ve| have)? (?:read|reached|used|viewed).{0,40}\b(?:articles?|limit)\b"),
    rule("appeal", "Please enable cookies to see this", 200, r".{0,80}\b(?:accept|enable|allow)\w{0,3}\b.{0,24}\b(?:cookies|javascript)\b"),
    rule("appeal", "Enjoyed this? Buy me a coffee", 140,
         r"(?:did you )?(?:enjoy|like|love)(?:ed)? (?:this|what|the)\b.{0,60}\?", r"(?:please )?(?:buy me|support (?:us|me|this))\b"),
    rule("salutation", "Dear readers,", 60, r"(?:dear|hi|hello|hey)\b[^.!?]{0,50}[,:!]$"),
    rule("correction", "(This story has been corrected to say …)", 240,
         r"(?:correction|clarification|editor.s note)\s?[:—-]",
         r"(?:update|updated|edit|edited)\s?(?:\([^()]{2,24}\)|[\d./-]{4,12}|\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2})?\s?[:—-]", r"this .{0,24}(?:story|article|post|version).{0,24} (?:has been|was) (?:corrected|updated|amended)(?:$|[.,)]| (?:to|on|with|at|since|after|following|by our|\d))"),
)

DATELINE_BEGINS = r"[A-Z\d(]"
"""All datelines begin so, and little else."""

DATELINE = (
    # LONDON, March 3 (Agency) -   NEW YORK (Agency) —   SAN JOSE, Calif., Jan. 5, 2022 /Agency/ --   LONDON —
    rf"{_PLACE}(?:,\s?{_DATE})?\s?[(/][\w .'-]{{2,30}}[)/]\s?[-–—:]{{1,2}}\s",
    rf"{_PLACE},\s?{_DATE}\s?[-–—]{{1,2}}\s",
    rf"{_DATE} [(/][\w .'-]{{2,30}}[)/]\s?[-–—:]{{1,2}}\s",
    r"[A-Z]{5,}(?: [A-Z]+){0,2} — |\([A-Z][\w .]{1,20}\)\s?[-–—]{1,2}\s",
)

LABEL = (r"(?:abstract|summary|tl;?dr|in brief|about this (?:episode|issue)|editor.s introduction)\b",)

CREDIT = (r"(?:photo|image|source|illustration|credit)s?(?: by| credit| courtesy)?\s?[:/]",)

INVITATION = (r"\bscan\b|\bfollow us\b|\bdownload (?:the|our)\b|\bsubscribe\b",)
# fmt: on
