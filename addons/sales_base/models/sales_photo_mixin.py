import hashlib
import io
import re
import warnings

from PIL import Image, UnidentifiedImageError, WebPImagePlugin  # noqa: F401

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: What a decoder proved the bytes to be, and the type stored with them.
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PDF_TYPE = "application/pdf"
#: endings a file of each type may have; the first is given to any other
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    PDF_TYPE: ("pdf",),
}
STEM_MAX = 100
PHOTO_MAX_BYTES = 20 * 1024 * 1024
PHOTO_MAX_PIXELS = 60_000_000


class SalesPhotoMixin(models.AbstractModel):
    """A piece of evidence on a document, kept as it was received.

    The file is an ``ir.attachment`` of the document; this row says what it shows, when
    and where it was taken, and carries the hash of the bytes received, so that later
    nobody wonders whether the picture is the one that was sent.
    """

    _name = "sales.photo.mixin"
    _description = "Photo"
    _order = "id"

    #: the many2one to the document
    _document_field = None

    attachment_id = fields.Many2one(
        "ir.attachment", required=True, readonly=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="attachment_id.name")
    mimetype = fields.Char(related="attachment_id.mimetype")
    sha256 = fields.Char("SHA-256", readonly=True, index=True)
    taken_at = fields.Datetime(readonly=True)
    latitude = fields.Float(digits=(10, 7), readonly=True)
    longitude = fields.Float(digits=(10, 7), readonly=True)
    client_key = fields.Char(readonly=True, copy=False)

    @api.constrains("attachment_id")
    def _check_attachment(self):
        """A photo shows a file of its own document: a row that points at another file
        would open that file to everybody who may read the row."""
        for photo in self:
            document = photo[photo._document_field]
            # sudo: whether the file belongs there must not depend on who may read it
            file_sudo = photo.sudo().attachment_id
            if (file_sudo.res_model, file_sudo.res_id) != (document._name, document.id):
                raise ValidationError(
                    self.env._("The file of a photo belongs to its document.")
                )

    @api.model
    def _prove_type(self, content):
        """The type of ``content``, proven by decoding it.

        :param bytes content: the file as received
        :returns: mimetype
        :raises ValidationError: too large, or neither JPEG, PNG, WebP nor PDF
        """
        if len(content) > PHOTO_MAX_BYTES:
            raise ValidationError(
                self.env._(
                    "The file is too large: at most %(size)s MB.",
                    size=PHOTO_MAX_BYTES // (1024 * 1024),
                )
            )
        if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
            return PDF_TYPE
        try:
            with warnings.catch_warnings():
                # the limit of pixels is ours, checked before anything is decoded
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(content)) as image:
                    kind = image.format
                    too_many = image.width * image.height > PHOTO_MAX_PIXELS
                    if not too_many:
                        image.load()
        except Image.DecompressionBombError:
            kind, too_many = None, True
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            kind, too_many = None, False
        if too_many or kind not in IMAGE_TYPES:
            raise ValidationError(
                self.env._(
                    "This file is not a readable photo. Send a JPEG, PNG or WebP "
                    "picture, or a PDF."
                )
            )
        return IMAGE_TYPES[kind]

    @api.model
    def _clean_file_name(self, file_name, mimetype):
        """A plain name: no path, no control or direction characters, an ending that
        says what the bytes are.

        :param str file_name: as received
        :param str mimetype: as proven
        """
        name = re.split(r"[/\\]", str(file_name or ""))[-1]
        name = "".join(letter for letter in name if letter.isprintable())
        stem, _dot, ending = name.rpartition(".")
        if not stem:
            stem, ending = ending, ""
        if ending.lower() not in ENDINGS[mimetype]:
            ending = ENDINGS[mimetype][0]
        return f"{stem.strip(' .')[:STEM_MAX] or 'photo'}.{ending}"

    @api.model
    def _add_photo(self, document, file_name, content, **values):
        """Keep a photo on a document; one with the same client key is kept once.

        :param document: the document, one record
        :param str file_name: name as received
        :param bytes content: bytes as received
        :param values: further fields of the photo's model, ``client_key`` among them
        :returns: the photo
        :raises ValidationError: see ``_prove_type``
        """
        document.ensure_one()
        client_key = values.get("client_key")
        if client_key:
            known = self.search(
                [
                    (self._document_field, "=", document.id),
                    ("client_key", "=", client_key),
                ]
            )
            if known:
                return known
        mimetype = self._prove_type(content)
        # sudo: who may write the document may add evidence to it, portal included
        attachment_sudo = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": self._clean_file_name(file_name, mimetype),
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": document._name,
                    "res_id": document.id,
                }
            )
        )
        return self.create(
            {
                self._document_field: document.id,
                "attachment_id": attachment_sudo.id,
                "sha256": hashlib.sha256(content).hexdigest(),
                **values,
            }
        )
