"""The check of a business letter before it leaves the house, SA-08.

S0 3·2 a-b asks for the form of a business letter, no informal abbreviations (``you``
written as ``u``), upper and lower case as usual and nothing in capitals throughout. A
finding is its kind and the words found; the sentence is made when it is read.

English and Chinese are checked. Of a letter in another language only what needs no
language is: capitals, placeholders and attachments.
"""

import re
from collections import namedtuple

#: :param str kind: key of ``FINDING_KINDS``
#: :param tuple words: what was found in the letter, as written there
Finding = namedtuple("Finding", "kind words", defaults=((),))

FINDING_KINDS = (
    "abbreviation",
    "capitals",
    "salutation",
    "closing",
    "attachment",
    "placeholder",
    "subject",
)
#: separates the parts of a letter in two languages; each is a letter of its own
PART_BREAK = "\f"
#: lines at the beginning and at the end in which salutation and closing are looked for
HEAD_LINES, TAIL_LINES = 12, 10
#: words of a run of capitals that is always shouting, and with a word of speech
SHOUT_WORDS, SHOUT_WORDS_SPOKEN = 8, 3

_ENGLISH_WORDS = frozenset(
    "the and you your we our us is are was for with this that have has will to of in on"
    " please thank thanks dear regards it as be not from by can would must"
    " see need send".split()
)
_SPEECH = frozenset(
    "WE YOU YOUR OUR US IS ARE WAS PLEASE WILL MUST HAVE HAS NEED WANT SEND PAY REPLY"
    " CONFIRM THIS THAT IT BE NOT CAN SHOULD WOULD THANK".split()
)
_ABBREVIATIONS = re.compile(
    r"(?<![\w@./'’-])(?:u|ur|urs|pls|plz|plse|thx|thks|thnx|tks|tnx|tq|btw|asap|fyi|b4"
    r"|gr8|l8r|cu|cya|wanna|gonna|gotta|lol|omg|imo|idk|bcoz|cuz|coz|msg|bfn|rgds|brgds"
    r"|brds|w/o?|b/c)(?![\w@/'’-]|\.\w)",
    re.IGNORECASE,
)
#: upper case makes a trade term or a unit of what would be slang
_TRADE_TERMS = frozenset({"U", "UR", "CU", "COZ", "MSG", "TQ", "W/O"})
_CHINESE_SLANG = re.compile(
    r"亲亲|亲们|(?:^|[\s，。！,!])亲(?=[，,～~！!]|$)|哈哈+|呵呵+|嘿嘿+|嘻嘻+|么么哒|灰常|酱紫|木有"
    r"|肿么|神马|有木有|偶们|童鞋|(?<![A-Za-z0-9])(?:3Q|3q|886)(?![A-Za-z0-9])|[~～]{2,}"
    r"|收到扣1|hhh+|yyds"
)
_SALUTATIONS = re.compile(
    r"^\W*(?:dear\b|hello\b|hi\b|good (?:morning|afternoon|day|evening)\b|greetings\b"
    r"|to whom it may concern|ladies and gentlemen|gentlemen\b|sirs?\b"
    r"|(?:mr|mrs|ms|dr)\b\.?\s)",
    re.IGNORECASE,
)
_CHINESE_SALUTATIONS = re.compile(
    r"^\s*(?:尊敬的|敬爱的|亲爱的|致[：:]|.{0,12}您好|.{0,12}你好|各位"
    r"|.{1,20}(?:先生|女士|小姐|经理|总监|总经理|主任|总|老师|阁下|台鉴|贵公司|公司)[：:，,])"
)
_CLOSINGS = re.compile(
    r"\b(?:(?:best|kind|warm|warmest|kindest|with|many) (?:kind |best )?"
    r"(?:regards|wishes)|regards\b"
    r"|yours (?:sincerely|faithfully|truly|very truly|respectfully)"
    r"|(?:sincerely|respectfully|faithfully|truly|cordially) yours|sincerely\b"
    r"|respectfully\b|cordially\b)",
    re.IGNORECASE,
)
_CHINESE_CLOSINGS = re.compile(
    r"此致|敬礼|顺祝|顺颂|敬祝|谨祝|恭祝|即颂|敬颂|敬上|谨上|敬启|谨启|谨致|致礼|商祺|商安|台安"
    r"|祝好|祝(?:您|贵|贵公司|你).{0,14}"
)
_ANNOUNCED = re.compile(
    r"\b(?:(?:please )?(?:find|see|refer to) (?:the )?(?:attached|enclosed)"
    r"|attached (?:please|you will|is|are|herewith|hereto|file|files|document|documents"
    r"|list|price list|quotation|invoice|catalogue|catalog|drawing|drawings|copy"
    r"|spreadsheet|pdf|photo|photos|picture|pictures|statement|contract|certificate)"
    r"|(?:is|are) (?:attached|enclosed)|(?:i|we) (?:attach|enclose)"
    r"|(?:i|we) (?:have|am|are) (?:attached|enclosed|attaching|enclosing)"
    r"|i['’]ve attached|we['’]ve attached|enclosed (?:please|you will|is|are|herewith"
    r"|in this)|(?:in|see) (?:the )?(?:attachment|attachments|enclosure)"
    r"|as (?:attached|enclosed)|enclosures?:|attachments?:)",
    re.IGNORECASE,
)
_NOT_ANNOUNCED = re.compile(
    r"\b(?:you|your)\b[^.;\n]{0,25}$"
    r"|\b(?:not?|never|nothing|without)\b[^.;,\n]{0,12}$",
    re.IGNORECASE,
)
_CHINESE_ANNOUNCED = re.compile(
    r"(?:见|请查收|查收|查阅|请参阅|请看|如|在|随|参见)附件|附件(?:是|为|中|里|[：:]|请查收|如下|所示)"
    r"|随(?:函|信|邮件)?附(?:上|寄|有|送|件)|随附|现附上|特附上|兹附上|附上|附寄|奉上附件"
)
_CHINESE_NOT_ANNOUNCED = re.compile(
    r"(?:您|你|贵公司|贵司|贵方|无|没有|不|未)[^，。；\n]{0,8}$"
)
_FILE_NAMES = re.compile(
    r"(?<![\w/@.])[\w()\-]+(?:\.[\w()\-]+)*\."
    r"(?:pdf|xlsx?|docx?|pptx?|zip|rar|jpe?g|png|dwg|dxf|step|stp|csv)\b",
    re.IGNORECASE,
)
_PLACEHOLDERS = re.compile(
    r"\{\{.*?\}\}|\$\{.*?\}|<[a-z_ ]{3,}>|_{4,}|\bX{3,}\b|×{2,}"
    r"|[Xx]{2,}(?=公司|先生|女士)"
    r"|\[(?:your |customer |the |company )?(?:name|date|company|amount|number|address"
    r"|product|title)\]|【(?:姓名|日期|公司|金额|编号|称呼|产品)】",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def check(subject, text, attachments=()):
    """What is to be mended in a letter before it is sent.

    :param str subject: subject line
    :param str text: the letter as plain text, quoted mail left out; ``PART_BREAK``
        between the parts of a letter in two languages
    :param attachments: names of the files that go with it
    :returns: list of ``Finding``, in the order of ``FINDING_KINDS``
    Source: S0, 3·2 a-b.

    >>> check("Order", "Dear Mr Li,\\nPls confirm.\\nBest regards\\nAnna")
    [Finding(kind='abbreviation', words=('Pls',))]
    """
    subject, text = (subject or "").strip(), text or ""
    whole = f"{subject}\n{text}"
    parts = [part for part in text.split(PART_BREAK) if part.strip()]
    found = {
        "abbreviation": _find_abbreviations(whole),
        "capitals": _find_capitals(subject, text),
        "salutation": _find_lacking(parts, _has_salutation),
        "closing": _find_lacking(parts, _has_closing),
        "attachment": _find_missing_attachments(text, attachments),
        "placeholder": _unique(_PLACEHOLDERS.findall(whole)),
    }
    findings = [
        Finding(kind, tuple(found[kind])) for kind in FINDING_KINDS if found.get(kind)
    ]
    return findings if subject else [*findings, Finding("subject")]


def get_language(text):
    """``zh``, ``en``, or ``None`` for what is neither or too short to tell.

    >>> get_language("尊敬的王先生：您好"), get_language("Dear Sir, we thank you")
    ('zh', 'en')
    >>> get_language("Sehr geehrter Herr Huber, vielen Dank für Ihre Anfrage")
    """
    words = [word.lower() for word in _WORD.findall(_CJK.sub(" ", text))]
    chinese = len(_CJK.findall(text))
    if chinese >= 4 and chinese > len(words):
        return "zh"
    known = sum(word in _ENGLISH_WORDS for word in words)
    return "en" if known and known * 6 >= len(words) else None


def _unique(words):
    return list(dict.fromkeys(words))


def _find_abbreviations(text):
    found = [
        match.group()
        for match in _ABBREVIATIONS.finditer(text)
        if match.group() not in _TRADE_TERMS
    ]
    return _unique(found + [word.strip() for word in _CHINESE_SLANG.findall(text)])


def _find_capitals(subject, text):
    """Runs of capitals that are speech; names of firms, terms of delivery and codes
    are none."""
    words = _WORD.findall(subject)
    long_words = [word for word in words if len(word) > 3 and not _CJK.search(word)]
    found = []
    if len(long_words) > 1 and not re.search(r"[a-z]", subject):
        found.append(subject)
    for sentence in re.split(r"[\n\f.!?;:。！？；：]", text):
        found += _find_shouting(sentence)
    return _unique(found)


def _find_shouting(sentence):
    runs, run = [], []
    for match in [*_WORD.finditer(sentence), None]:
        word = match.group() if match else ""
        if word and word.isupper():
            run.append(match)
            continue
        if run:
            runs.append(run)
        run = []
    shouted = []
    for run in runs:
        words = [match.group() for match in run]
        is_spoken = not _SPEECH.isdisjoint(words)
        if len(words) >= (SHOUT_WORDS_SPOKEN if is_spoken else SHOUT_WORDS):
            shouted.append(sentence[run[0].start() : run[-1].end()])
    return shouted


def _get_lines(part):
    return [line.strip() for line in part.splitlines() if line.strip()]


def _has_salutation(part, language):
    pattern = _CHINESE_SALUTATIONS if language == "zh" else _SALUTATIONS
    return any(pattern.match(line) for line in _get_lines(part)[:HEAD_LINES])


def _has_closing(part, language):
    pattern = _CHINESE_CLOSINGS if language == "zh" else _CLOSINGS
    tail = _get_lines(part)[-TAIL_LINES:]
    # "Dear Sirs" is no line to end with, however short the letter
    return any(pattern.search(line) for line in tail if not _SALUTATIONS.match(line))


def _find_lacking(parts, has):
    """Languages of the parts that lack what ``has`` looks for."""
    languages = [(part, get_language(part)) for part in parts]
    return _unique(
        language for part, language in languages if language and not has(part, language)
    )


def _find_missing_attachments(text, attachments):
    """Files named in the letter that do not go with it; the words that announce an
    attachment when nothing goes with it at all."""
    names = {name.lower() for name in attachments}
    missing = []
    for match in _FILE_NAMES.finditer(text):
        if match.group().lower() in names:
            continue
        if not _is_not_ours(text, match.start()):
            missing.append(match.group())
    if not names:
        for pattern in (_ANNOUNCED, _CHINESE_ANNOUNCED):
            missing += [
                match.group()
                for match in pattern.finditer(text)
                if not _is_not_ours(text, match.start())
            ]
    return _unique(missing)


def _is_not_ours(text, start):
    """Whether the words before say that the other side attached it, or nobody."""
    before = text[max(0, start - 40) : start]
    return bool(_NOT_ANNOUNCED.search(before) or _CHINESE_NOT_ANNOUNCED.search(before))
