# pylint: disable=consider-merging-classes-inherited
# Own file: letters and greetings are one chapter of the story.
import io

from PIL import Image, ImageDraw

from odoo import api, models

#: (occasion, customer, in English and Chinese): letters written today
WRITTEN = (
    ("welcome", "cairo", True),
    ("price", "rossi", False),
    ("price", "mueller", False),
    ("visit", "rolamentos", False),
    ("renewal", "anadolu", False),
)


class SalesAssistantDemo(models.AbstractModel):
    """Demo data of the letters (SA-08): greetings prepared for the next holidays, two
    letters posted, three about to leave, one of them with a finding."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load(self):
        result = super()._load()
        company = self.env.ref("base.main_company")
        letters = self.with_company(company).with_context(
            allowed_company_ids=company.ids
        )
        letters._prepare_greetings(company)
        letters._write_letters(company)
        return result

    def _prepare_greetings(self, company):
        company.write(
            {
                "sales_assistant_letter_reason_required": True,
                "sales_assistant_greeting_enabled": True,
                "sales_assistant_greeting_days": 45,
                "sales_assistant_greeting_attachment_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Bearings Catalogue.pdf",
                            "raw": self._draw_catalogue(),
                        },
                    )
                ],
            }
        )
        manager = self._as("sales_base.user_manager_demo")
        manager(self.env["sales.assistant.letter"])._start_greetings(company)

    def _write_letters(self, company):
        chinese = self._load_chinese()
        assistant = self._as("sales_assistant.user_assistant_demo")
        letters = assistant(self.env["sales.assistant.letter"]).create(
            [
                {
                    "partner_id": self.env.ref(
                        f"sales_assistant.partner_{customer}_demo"
                    ).id,
                    "template_id": self.env.ref(
                        f"sales_assistant.mail_template_letter_{occasion}"
                    ).id,
                    "both_languages": both and chinese,
                    "company_id": company.id,
                    "date_due": company._get_sales_today(),
                }
                for occasion, customer, both in WRITTEN
            ]
        )
        prices = letters[1:3]
        for letter in prices:
            letter.body = letter.body.replace("____", "the first of next month")
        prices[0].override_reason = "价目表另寄。 / The price list goes by post."
        (letters[0] | prices[0]).action_post()

    def _load_chinese(self):
        """The templates in Chinese: translations come after demo data.

        :returns: whether letters can be written in both languages
        """
        if "zh_CN" not in dict(self.env["res.lang"].get_installed()):
            return False
        self.env["ir.module.module"]._load_module_terms(["sales_assistant"], ["zh_CN"])
        return True

    def _draw_catalogue(self):
        """A page of the catalogue: three bearings, seen from the front."""
        page = Image.new("RGB", (620, 877), "white")
        draw = ImageDraw.Draw(page)
        for n, outer in enumerate((95, 75, 55)):
            x, y = 180 + 120 * n, 230 + 190 * n
            for radius in (outer, outer - 22, outer - 48):
                draw.ellipse(
                    (x - radius, y - radius, x + radius, y + radius),
                    outline=(40, 60, 100),
                    width=4,
                )
        stream = io.BytesIO()
        page.save(stream, "PDF")
        return stream.getvalue()
