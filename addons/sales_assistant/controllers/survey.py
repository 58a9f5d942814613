from odoo.http import request

from odoo.addons.survey.controllers.main import Survey


class SatisfactionSurvey(Survey):
    """SA-05: a colleague fills in the form of a customer on the phone."""

    def _check_validity(
        self,
        survey_sudo,
        answer_sudo,
        answer_token,
        ensure_token=True,
        check_partner=True,
    ):
        if answer_sudo and answer_token and request.env.user._is_internal():
            participants = request.env["sales.assistant.campaign.participant"]
            check_partner = check_partner and not participants._is_on_phone(answer_sudo)
        return super()._check_validity(
            survey_sudo,
            answer_sudo,
            answer_token,
            ensure_token=ensure_token,
            check_partner=check_partner,
        )
