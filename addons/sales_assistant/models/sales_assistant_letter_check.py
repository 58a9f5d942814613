from lxml import html

from odoo import api, models
from odoo.tools import html2plaintext

from ..tools import letter_check

#: feature group of letters
LETTER_GROUP = "sales_assistant.group_sales_assistant_letter"
FINDINGS = [
    ("abbreviation", "Informal words"),
    ("capitals", "All capitals"),
    ("salutation", "No salutation"),
    ("closing", "No closing"),
    ("attachment", "Attachment missing"),
    ("placeholder", "Not filled in"),
    ("subject", "No subject"),
]
#: what belongs to an earlier message is not checked
_QUOTED = "//blockquote | //*[@data-o-mail-quote] | //*[@data-o-mail-quote-container]"
_PART = "o_sales_letter_part"


class SalesAssistantLetterCheck(models.AbstractModel):
    """The check of letters before they are sent, for composers and letters (SA-08).

    The rule is ``tools/letter_check.py``; here HTML becomes the plain text it reads,
    and its findings become sentences in the reader's language.
    """

    _name = "sales.assistant.letter.check"
    _description = "Check of Letters"

    @api.model
    def _find_in_letter(self, subject, body, attachments, leave_out=()):
        """What the check finds.

        :param str subject: subject line
        :param str body: HTML
        :param list attachments: names of the files
        :param leave_out: kinds that make no sense here
        :returns: list of ``{"kind", "words"}``, as it is stored
        """
        findings = letter_check.check(subject, self._get_letter_text(body), attachments)
        return [
            {"kind": finding.kind, "words": list(finding.words)}
            for finding in findings
            if finding.kind not in leave_out
        ]

    @api.model
    def _get_letter_text(self, body):
        if not body or not body.strip():
            return ""
        tree = html.fromstring(f"<div>{body}</div>")
        for node in tree.xpath(_QUOTED):
            node.drop_tree()
        for node in tree.xpath(f"//hr[contains(@class, '{_PART}')]"):
            node.tag = "p"
            node.text = "\u241e"
        text = html2plaintext(html.tostring(tree, encoding="unicode"))
        return text.replace("\u241e", letter_check.PART_BREAK)

    @api.model
    def _explain_findings(self, findings):
        """One sentence per finding.

        :param list findings: as ``_find_in_letter`` returns them
        """
        _ = self.env._
        languages = {"en": _("English"), "zh": _("Chinese")}
        sentences = {
            "abbreviation": _(
                "Informal words, write them out: %(words)s. A customer reads them as "
                "carelessness."
            ),
            "capitals": _(
                "All capitals are hard to read and sound like shouting: %(words)s."
            ),
            "salutation": _(
                "There is no salutation (%(languages)s), such as “Dear Mr Rossi,” or "
                "“尊敬的王先生：”."
            ),
            "closing": _(
                "There is no closing (%(languages)s), such as “Best regards,” or "
                "“此致 敬礼”."
            ),
            "attachment": _("Announced, but not attached: %(words)s."),
            "placeholder": _("Still to be filled in: %(words)s."),
            "subject": _("There is no subject."),
        }
        return "\n".join(
            sentences[finding["kind"]]
            % {
                "words": ", ".join(f"“{word}”" for word in finding["words"]),
                "languages": ", ".join(
                    languages.get(word, word) for word in finding["words"]
                ),
            }
            for finding in findings or []
        )
