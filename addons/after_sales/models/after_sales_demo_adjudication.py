# pylint: disable=consider-merging-classes-inherited
# Own file: the part of the story in which claims decide themselves.
import random
from datetime import timedelta

from odoo import Command, api, fields, models

from .after_sales_demo import REPAIRS

NUMBER = 32
KINDS = ("truck_k3", "truck_k5", "scooter_s1")


class AfterSalesDemo(models.AbstractModel):
    """What the rules compare with, and two weeks of claims decided by the policy."""

    _inherit = "after.sales.demo"

    @api.model
    def _create_limits(self):
        """Parts of each fault, price limits, pieces per repair."""
        for fault, part, *_rest in REPAIRS:
            product = self._get_demo(f"product_{part}")
            self._get_demo(f"fault_{fault}").part_ids += product
            product.write(
                {
                    "claim_price_limit": round(product.standard_price * 1.1),
                    "claim_quantity_limit": 4 if part in ("pad", "disc", "lamp") else 2,
                }
            )

    @api.model
    def _create_adjudication(self):
        company = self.env.ref("base.main_company")
        company.write(
            {
                "after_sales_policy": "job",
                "after_sales_policy_amount": 3000,
                "after_sales_audit_share": 15,
                "after_sales_audit_key": "demo",
            }
        )
        story = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tracking_disable=True
        )
        dice = random.Random(2027)
        today = company._get_sales_today()
        claims = story._create_decidable(dice, today)
        claims = claims.with_context(tracking_disable=False)
        story = story.with_env(claims.env)
        story._write_chatter({})
        days = {claim: today - timedelta(days=n % 12) for n, claim in enumerate(claims)}
        story._submit(days)
        claims._decide_by_policy()
        story._write_chatter(days)
        for claim in claims.filtered("decided_at"):
            moment = fields.Datetime.to_datetime(days[claim]) + timedelta(hours=18)
            claim.write({"date_approved": days[claim], "decided_at": moment})
        story._review_policy(today, claims)

    def _create_decidable(self, dice, today):
        """Claims of units of their own; every fourth has something to find."""
        values = []
        for number, unit in enumerate(self._create_decidable_units(dice, today)):
            day = today - timedelta(days=dice.randint(12, 20))
            vals = self._prepare_claim(dice, unit, day)
            if number % 8 == 3:
                vals["line_ids"][0][2]["price_unit"] *= 1.2
            elif number % 8 == 6:
                vals["line_ids"].append(
                    Command.create(
                        {
                            "line_type": "travel",
                            "name": "吊车救援 Recovery by crane",
                            "quantity": 1,
                            "price_unit": 480,
                        }
                    )
                )
            values.append(vals)
        claims = self.env["after.sales.claim"].create(values)
        self._add_photos(dice, claims)
        return claims

    def _create_decidable_units(self, dice, today):
        stations = [self._get_demo(f"station_{key}") for key in ("beijing", "shanghai")]
        values = []
        for number in range(NUMBER):
            product = self._get_demo(f"product_{KINDS[number % 3]}")
            sold = today - timedelta(days=dice.randint(60, 300))
            built = sold - timedelta(days=dice.randint(20, 90))
            values.append(
                {
                    "name": f"{product.default_code}{built:%y%m}{8000 + number}",
                    "product_id": product.id,
                    "company_id": self.env.company.id,
                    "date_sold": sold,
                    "sold_station_id": stations[number % 2].id,
                    "production_batch": f"{product.default_code}-{built:%Y%m}",
                    "date_production": built,
                }
            )
        return self.env["stock.lot"].create(values)

    def _review_policy(self, today, claims):
        """The auditor looks at part of the sample, takes one approval back and asks an
        appraiser about two claims."""
        # sudo: the story is told as the auditor
        own_sudo = claims.with_user(self._get_demo("user_auditor")).sudo()
        sample = own_sudo.filtered(lambda claim: claim.policy_result == "sample")
        sample[:1].action_approve()
        for claim in sample[1:2]:
            self._cut(
                claim,
                0.8,
                "标准工时已含试车。 The test drive is part of the standard time.",
            )
            claim.action_approve()
        approved = own_sudo.filtered(lambda claim: claim.policy_result == "approved")
        doubtful = approved[:1]
        doubtful._do_with_reason(
            "reopen",
            self.env.ref("after_sales.reason_reopen_1"),
            "客户称该件未更换。\nThe customer says that the part was never changed.",
        )
        doubtful._do_with_reason(
            "reject", self.env.ref("after_sales.reason_reject_4"), False
        )
        self._ask_appraisers(today, own_sudo)

    def _ask_appraisers(self, today, claims):
        expert = self.env["res.partner"].create(
            {"name": "华东车辆鉴定所 Huadong Vehicle Appraisal", "is_company": True}
        )
        seen = claims.filtered(lambda claim: claim.policy_result == "rules")[:2]
        for number, claim in enumerate(seen):
            claim._check_can("appraise")
            appraisal_sudo = claim._do_appraise(
                expert,
                "是否必须用吊车？零件是否自身失效？\n"
                "Was the crane needed, and did the part fail by itself?",
                today - timedelta(days=2 - 5 * number),
            ).sudo()  # sudo: as the auditor
            appraisal_sudo.asked_at = fields.Datetime.to_datetime(
                today - timedelta(days=8)
            )
            if number:
                appraisal_sudo.write(
                    {
                        "verdict": "defect",
                        "opinion": "铸造缺陷；车辆无法拖行。\n"
                        "Casting flaw; the vehicle could not be towed.",
                        "cost": 260,
                    }
                )
                appraisal_sudo.action_answer()
