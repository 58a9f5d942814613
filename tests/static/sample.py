"""A small addon that keeps every convention, for proving that the checks can fail.

`write` puts it into a folder; a proof changes one file and expects one finding.
"""

import textwrap
from pathlib import Path

MANIFEST = {
    "name": "Sample",
    "version": "19.0.1.0.0",
    "author": "Somebody",
    "website": "https://example.com",
    "license": "LGPL-3",
    "category": "Sales",
    "summary": "One of everything",
    "depends": ["web"],
    "data": [
        "security/demo_sample_groups.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "wizard/demo_box_close_views.xml",
        "report/demo_box_reports.xml",
        "views/demo_box_views.xml",
        "views/demo_sample_menus.xml",
    ],
    "demo": ["demo/demo_box_demo.xml"],
    "assets": {"web.assets_backend": ["demo_sample/static/src/**/*"]},
}

FILES = {
    "__init__.py": "from . import models, wizard\n",
    "models/__init__.py": "from . import demo_box\n",
    "models/demo_box.py": '''
        from odoo import fields, models

        from ..tools.weight import heavier


        class DemoBox(models.Model):
            """F-08: a box has a name in the reader's language."""

            _name = "demo.box"
            _description = "Box"

            name = fields.Char(groups="demo_sample.group_demo_sample_user")
            user_id = fields.Many2one("res.users")

            def action_close(self):
                # sudo: the closer need not be an administrator
                cron_sudo = self.env.ref("demo_sample.ir_cron_close").sudo()
                cron_sudo.active = heavier(1, 2)
                return self.env._("%(name)s is closed", name=self.name)
    ''',
    "tools/__init__.py": "",
    "tools/weight.py": "def heavier(one, other):\n    return one > other\n",
    "wizard/__init__.py": "from . import demo_box_close\n",
    "wizard/demo_box_close.py": """
        from odoo import models


        class DemoBoxClose(models.TransientModel):
            _name = "demo.box.close"
            _description = "Close a box"
    """,
    "security/demo_sample_groups.xml": """
        <odoo>
            <record id="group_demo_sample_user" model="res.groups">
                <field name="name">User</field>
            </record>
            <record id="demo_box_rule_own" model="ir.rule">
                <field name="name">Own boxes</field>
                <field name="model_id" ref="model_demo_box"/>
                <field name="groups" eval="[(4, ref('group_demo_sample_user'))]"/>
            </record>
        </odoo>
    """,
    "security/ir.model.access.csv": """
        id,name,model_id:id,group_id:id,perm_read,perm_write,perm_create,perm_unlink
        access_demo_box,box,model_demo_box,group_demo_sample_user,1,1,1,0
        access_demo_box_close,close,model_demo_box_close,base.group_user,1,1,1,1
    """,
    "data/ir_cron_data.xml": """
        <odoo noupdate="1">
            <record id="ir_cron_close" model="ir.cron">
                <field name="name">Close boxes</field>
                <field name="model_id" ref="model_demo_box"/>
                <field name="user_id" ref="base.user_root"/>
            </record>
        </odoo>
    """,
    "wizard/demo_box_close_views.xml": """
        <odoo>
            <record id="demo_box_close_view_form" model="ir.ui.view">
                <field name="model">demo.box.close</field>
                <field name="arch" type="xml">
                    <form string="Close a box"/>
                </field>
            </record>
        </odoo>
    """,
    "report/demo_box_reports.xml": """
        <odoo>
            <template id="portal_boxes">
                <t t-call="web.layout"><h3>Your boxes</h3></t>
            </template>
        </odoo>
    """,
    "views/demo_box_views.xml": """
        <odoo>
            <record id="demo_box_view_form" model="ir.ui.view">
                <field name="name">demo.box.form</field>
                <field name="model">demo.box</field>
                <field name="arch" type="xml">
                    <form string="One box" groups="base.group_user"/>
                </field>
            </record>
            <record id="view_users_form" model="ir.ui.view">
                <field name="name">res.users.form.inherit.demo_sample</field>
                <field name="model">res.users</field>
                <field name="inherit_id" ref="base.view_users_form"/>
                <field name="arch" type="xml">
                    <xpath expr="//field[@name='name']" position="after"/>
                </field>
            </record>
            <record id="demo_box_action" model="ir.actions.act_window">
                <field name="name">Boxes</field>
                <field name="res_model">demo.box</field>
            </record>
        </odoo>
    """,
    "views/demo_sample_menus.xml": """
        <odoo>
            <menuitem id="demo_sample_menu_root" name="Sample">
                <menuitem id="demo_box_menu" action="demo_box_action"/>
            </menuitem>
        </odoo>
    """,
    "demo/demo_box_demo.xml": """
        <odoo>
            <record id="box_red_demo" model="demo.box">
                <field name="name">Red</field>
            </record>
        </odoo>
    """,
    "static/src/box/box.js": """
        import { _t } from "@web/core/l10n/translation";

        export const title = () => _t("Open box");
    """,
    "static/src/box/box.xml": """
        <templates>
            <t t-name="demo_sample.Box"><p>Nothing inside</p></t>
        </templates>
    """,
    "static/description/index.html": "<section>Boxes</section>\n",
    "static/description/icon.png": "stands for a picture\n",
    "readme/DESCRIPTION.md": "Boxes.\n",
    "readme/CONFIGURE.md": "Nothing.\n",
    "readme/USAGE.md": "Open one.\n",
    "readme/ROADMAP.md": "More boxes.\n",
    "tests/__init__.py": "from . import test_box\n",
    "tests/test_box.py": '''
        from odoo.tests import TransactionCase


        class TestBox(TransactionCase):
            def test_name(self):
                """F-08: the name is translated."""
                self.assertTrue(self.env["demo.box"]._description)
    ''',
}

CHINESE = {
    "%(name)s is closed": "%(name)s已关闭",
    "Close a box": "关闭箱子",
    "Nothing inside": "里面没有东西",
    "One box": "一个箱子",
    "Open box": "打开箱子",
    "Your boxes": "您的箱子",
}


def po_text(terms: dict[str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(
        f'\n#. module: demo_sample\nmsgid "{source}"\nmsgstr "{target}"\n'
        for source, target in terms.items()
    )


def write(
    repo: Path,
    changes: dict[str, str | None] | None = None,
    *,
    name: str = "demo_sample",
    chinese: dict[str, str] | None = None,
    folder: str = "addons",
    **manifest: object,
) -> Path:
    """Write the addon below ``repo``.

    :param changes: text of files to replace or add; None leaves the file out
    :param chinese: translations to replace; an empty one is missing
    :param manifest: keys to replace in the manifest; None leaves the key out
    """
    addon = repo / folder / name
    keys = {**MANIFEST, **manifest}
    texts: dict[str, str | None] = {
        **FILES,
        "__manifest__.py": repr({k: v for k, v in keys.items() if v is not None}),
        "i18n/demo_sample.pot": po_text(dict.fromkeys(CHINESE, "")),
        "i18n/zh_CN.po": po_text({**CHINESE, **(chinese or {})}),
        **(changes or {}),
    }
    for path, text in texts.items():
        if text is not None:
            target = addon / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return addon
