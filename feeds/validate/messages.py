"""Every message by its name: how bad it is, and what to do about it.

The names are those of the W3C validator (w3c/feedvalidator), so that its documentation explains them too; what it
does not look at (JSON Feed, several files together) has names in the same style.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from feeds.validate.finding import Level

_ABSOLUTE = "Write an absolute address: scheme, host and path."
_ENCODE = "Percent-encode what is not ASCII."
_ESCAPE = "Write it as plain text, or say that it is HTML."
_RFC822 = "Write it as Wed, 01 Jul 2026 08:05:09 GMT."
_RFC3339 = "Write it as 2026-07-01T08:05:09Z."
_NUMBER = "Write a whole number, or leave it out."
_MEDIA_TYPE = "Write a type such as image/jpeg."
_NO_SCRIPT = "Take it out: readers do, and some refuse the entry."
_ONE = "Keep one of them."
_UTF8 = "Write the file as UTF-8, and say so in its first line."
_NAMESPACE = "Declare the namespace that the format has, letter by letter."
_PERSON = "Write a@example.org (Name), or use dc:creator for a name alone."
_SELF = "Write the address at which the file is served; check base_url."
_ADD = "Add it."
_FILE = "Build again; look whether somebody removed it."

_ERRORS: Mapping[str, str] = {
    # the document
    "SAXError": "Mend the XML there: no reader shows anything of the file.",
    "JSONError": "Mend the JSON there: no reader shows anything of the file.",
    "UnicodeError": _UTF8,
    "UnknownEncoding": _UTF8,
    "BadXmlVersion": "Write version 1.0.",
    "UndefinedNamedEntity": "Write the character itself, or its number as &#160;.",
    "MissingNamespace": _NAMESPACE,
    "InvalidNamespace": _NAMESPACE,
    "ObsoleteNamespace": "Write Atom 1.0, whose namespace is http://www.w3.org/2005/Atom.",
    "MediaRssNamespace": "Write http://search.yahoo.com/mrss/ with the slash.",
    "InvalidRSSVersion": "Write version 2.0.",
    "InvalidOPMLVersion": "Write version 2.0.",
    "InvalidJSONFeedVersion": "Write https://jsonfeed.org/version/1.1.",
    # what stands where
    "NotLookedAt": "Have it looked at by a program that knows the format.",
    "UndefinedElement": "Take it out, or write it in the namespace of an extension.",
    "UnexpectedAttribute": "Take it out, or correct its name.",
    "UnexpectedText": "Take it out.",
    "UnexpectedWhitespace": "Take the blanks away.",
    "DuplicateElement": _ONE,
    "MissingElement": _ADD,
    "MissingAttribute": _ADD,
    "MissingTitle": _ADD,
    "MissingLink": _ADD,
    "MissingDescription": _ADD,
    "MissingHref": _ADD,
    "MissingSummary": "Add one for readers that cannot show the content.",
    "MissingXhtmlDiv": "Put all of it into one div of XHTML.",
    "MissingContentOrAlternate": "Give the entry a content, or a link with rel alternate.",
    "ItemMustContainTitleOrDescription": "Give the item one of them.",
    "MisplacedMetadata": "Write it before the entries.",
    "MediaGroupWithoutAlternatives": "Take the media:content out of its group.",
    "InvalidType": "Write it as the specification has it.",
    # identity
    "DuplicateValue": "Give every item a guid of its own: readers take the second for the first.",
    "DuplicateIds": "Give every entry an id of its own: readers take all for one.",
    "DuplicateAtomLink": _ONE,
    "InvalidHttpGUID": 'Write an address that can be opened, or isPermaLink="false".',
    "InvalidPermalink": 'Write isPermaLink="false".',
    "InvalidTAG": "Write tag:, a domain that is yours, a year, and what you like.",
    "InvalidURN": "Write a registered urn, or a tag URI.",
    "InvalidUUID": "Write 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.",
    # addresses
    "InvalidFullLink": _ABSOLUTE,
    "InvalidLink": _ABSOLUTE,
    "InvalidIRI": _ABSOLUTE,
    "InvalidURIAttribute": _ABSOLUTE,
    "InvalidURLAttribute": "Write an http address whose host has a domain.",
    "InvalidUriChar": "Percent-encode it.",
    "UriNotIri": _ENCODE,
    # values
    "InvalidRFC2822Date": _RFC822,
    "IncorrectDOW": "Correct the day of the week, or leave it out.",
    "InvalidRFC3339Date": _RFC3339,
    "InvalidW3CDTFDate": _RFC3339,
    "InvalidLanguage": "Write a tag such as zh-CN.",
    "InvalidContact": _PERSON,
    "InvalidAddrSpec": "Write an address such as a@example.org.",
    "InvalidMIMEType": _MEDIA_TYPE,
    "InvalidMIMEAttribute": _MEDIA_TYPE,
    "InvalidTextType": "Write text, html or xhtml.",
    "NotBase64": "Write it in base 64, or name the type that it has.",
    "InvalidNonNegativeInteger": _NUMBER,
    "InvalidPositiveInteger": _NUMBER,
    "InvalidIntegerAttribute": _NUMBER,
    "UseZeroForUnknown": "Write 0 where the length is not known.",
    "InvalidBooleanAttribute": "Write true or false.",
    "InvalidTrueFalse": "Write true or false.",
    "InvalidFloat": "Write a number.",
    "InvalidHeight": "Write a number of pixels from 1 to 400.",
    "InvalidWidth": "Write a number of pixels from 1 to 144.",
    "InvalidHour": "Write a number from 0 to 23.",
    "InvalidDay": "Write an English day, such as Monday.",
    "InvalidUpdatePeriod": "Write one of those.",
    "InvalidExpansionState": "Write numbers, with commas between them.",
    "InvalidMediaExpression": "Write one of those.",
    "InvalidMediaHash": "Write one of those.",
    "InvalidMediaMedium": "Write one of those.",
    "InvalidMediaTextType": "Write plain or html.",
    "InvalidNPTTime": "Write a time such as 0:01:30.",
    # feeds that go on elsewhere
    "LinkPastEnd": "Take the link out.",
    "FeedRelInCompleteFeed": "Take the link out, or fh:complete.",
    "CurrentNotSelfInCompleteFeed": "Take the link out, or fh:complete.",
    # several files
    "MissingFile": _FILE,
    "DuplicateSelf": "Give each its own address: readers take one for the other.",
    "DanglingOutline": _FILE,
    "DanglingLink": _FILE,
}
_WARNINGS: Mapping[str, str] = {
    # the document
    "ObscureEncoding": _UTF8,
    "BadCharacters": "Read the source in the encoding that it has.",
    "UnknownNamespace": "See whether its address is right; readers pass over what is in it.",
    "ReservedPrefix": "Write another prefix: some readers go by the prefix alone.",
    "AvoidNamespacePrefix": "Make Atom the default namespace: some readers do not know prefixes.",
    "UseOfExtensionAttr": "Write an element instead: RSS allows no attributes of other namespaces.",
    "MisplacedXHTMLContent": "Write HTML into the description.",
    # what stands where
    "NotBlank": "Fill it, or leave it out.",
    "AttrNotBlank": "Fill it, or leave it out.",
    "MissingGuid": "Give it one that never changes: readers tell items apart by it.",
    "MissingSelf": _SELF,
    "MissingAtomSelfLink": "Add an atom:link with rel self and the address at which the file is served.",
    "RelativeSelf": _SELF,
    "SelfNotAtom": "Write the type of the feed.",
    "SelfDoesntMatchLocation": _SELF,
    "MissingTextualContent": "Give the entry a summary, or a content.",
    "MissingSourceElement": _ADD,
    "MissingTypeAttr": "Say of which type it is.",
    "MissingRealName": _PERSON,
    "EmailFormat": _PERSON,
    "ContainsEmail": "Write the name alone.",
    "MisplacedItem": "Write it before the items: readers that read along miss it.",
    "NeedDescriptionBeforeContent": "Write the description first: many readers take what comes last for the text.",
    "SlashDate": "Add lastBuildDate.",
    "UseZeroForMidnight": "Write 0.",
    "AvoidTextInput": "Take it out: no reader shows it.",
    "AtomLinkNotEmpty": "Take out what stands in it.",
    "Deprecated": "Write the new name, too.",
    "DeprecatedMediaAdult": "Write media:rating.",
    # identity
    "DuplicateEntries": "Give every entry an id of its own: readers take the second for the first.",
    "DuplicateUpdated": "See whether the dates are right: some readers show one of the two.",
    "DuplicateEnclosure": "Keep one: most readers take one of them, and not all the same.",
    "DuplicateSemantics": _ONE,
    "DuplicateItemSemantics": _ONE,
    "DuplicateDescriptionSemantics": _ONE,
    "DuplicateOutline": _ONE,
    "NotSufficientlyUnique": "Write one that nobody else has: an address, or a tag URI.",
    # addresses
    "ContainsRelRef": "Write an absolute address: readers do not know the page that it comes from.",
    "NonCanonicalURI": "Write the normal form: readers compare letter by letter.",
    "SchemeNotIANARegistered": "Write a registered scheme.",
    "UnregisteredAtomLinkRel": "Write a registered relation, or an address.",
    # values
    "ImplausibleDate": "See whether the date is right.",
    "ProblematicalRFC822Date": _RFC822,
    "InvalidOutlineType": "Write rss or link.",
    "InvalidOutlineVersion": "Write RSS2.",
    "MissingOutlineType": 'Add type="rss".',
    "MissingTitleAttr": _ADD,
    "MissingXmlURL": _ADD,
    "MissingUrlAttr": _ADD,
    "ImageLinkDoesntMatch": "Write the same in both.",
    "ImageTitleDoesntMatch": "Write the same in both.",
    "ImageUrlFormat": "Give the channel a JPEG, GIF or PNG.",
    # texts
    "ContainsHTML": _ESCAPE,
    "ContainsUndeclaredHTML": 'Write type="html".',
    "CharacterData": "Write & and < as &#x26; and &#x3C;, which all readers read alike.",
    "NotInline": "Write the elements themselves, or type html.",
    "NotHtml": "Write what HTML has.",
    "HtmlFragment": 'Write type="html".',
    "SecurityRisk": _NO_SCRIPT,
    "SecurityRiskAttr": _NO_SCRIPT,
    "DangerousStyleAttr": _NO_SCRIPT,
    # feeds that go on elsewhere
    "FeedHistoryRelInEntry": "Write it in the feed.",
    "ArchiveIncomplete": "Add prev-archive or next-archive, or fh:complete.",
    "MissingCurrentInArchive": "Add one.",
}


class Message(NamedTuple):
    """What is known of all findings of a name."""

    level: Level
    """How bad they are."""
    cure: str
    """What to do, as a sentence."""


MESSAGES: Mapping[str, Message] = {
    **{name: Message(Level.ERROR, cure) for name, cure in _ERRORS.items()},
    **{name: Message(Level.WARNING, cure) for name, cure in _WARNINGS.items()},
}
"""By name."""
