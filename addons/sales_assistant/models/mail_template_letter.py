# pylint: disable=consider-merging-classes-inherited
# Own file: what templates are for letters.
from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

#: between the two languages of one letter
PART_RULE = Markup('<hr class="o_sales_letter_part"/>')


class MailTemplate(models.Model):
    """SA-08: letters of the desk are written from templates, in one language or two."""

    _inherit = "mail.template"

    is_sales_letter = fields.Boolean(
        "Business Letter", help="Offered where letters of the desk are written."
    )

    def _get_sales_letter_langs(self, lang, both):
        """Languages of a letter, the customer's first.

        :param str lang: language of the customer
        :param bool both: English and Chinese in one letter
        :raises UserError: one of the two is not installed
        """
        if not both:
            return [lang or self.env.lang or "en_US"]
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        langs = []
        for wanted in ("en", "zh"):
            codes = [code for code in installed if code.split("_")[0] == wanted]
            if not codes:
                raise UserError(
                    self.env._(
                        "A letter in both languages needs English and Chinese "
                        "installed (Settings, Languages)."
                    )
                )
            langs.append(lang if lang in codes else codes[0])
        return langs[::-1] if lang == langs[1] else langs

    def _render_sales_letters(self, res_ids, langs):
        """Subject and body of one letter for each record.

        :param list res_ids: records of the template's model
        :param list langs: one language, or those of a letter in both
        :returns: {record id: (subject, body)}
        """
        self.ensure_one()
        parts = [
            (
                self._render_field("subject", res_ids, set_lang=lang),
                self._render_field("body_html", res_ids, set_lang=lang),
            )
            for lang in langs
        ]
        letters = {}
        for res_id in res_ids:
            subjects = dict.fromkeys(subject[res_id] for subject, _body in parts)
            bodies = dict.fromkeys(
                body[res_id]
                for _subject, body in parts
                if not is_html_empty(body[res_id])
            )
            letters[res_id] = (" / ".join(subjects), PART_RULE.join(bodies))
        return letters
