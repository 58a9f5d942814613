import hashlib
import io

from PIL import Image

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestPhotoMixin(DocumentCase):
    def setUp(self):
        super().setUp()
        self.Photo = self.env["sales.test.photo"].with_user(self.user)
        self.document = self._create_document()

    def _image(self, kind="JPEG", size=(8, 8)):
        stream = io.BytesIO()
        Image.new("RGB", size, "red").save(stream, kind)
        return stream.getvalue()

    def test_kept_as_received(self):
        """Architecture 10: the hash of the bytes received stays checkable."""
        content = self._image()
        photo = self.Photo._add_photo(self.document, "part.jpg", content)
        self.assertEqual(photo.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(photo.attachment_id.sudo().raw, content)
        self.assertEqual(photo.attachment_id.res_id, self.document.id)

    def test_type_is_proven(self):
        """F-14: neither name nor header make a picture of something else."""
        good = {
            "image/jpeg": self._image("JPEG"),
            "image/png": self._image("PNG"),
            "image/webp": self._image("WEBP"),
            "application/pdf": b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF",
        }
        for mimetype, content in good.items():
            self.assertEqual(self.Photo._prove_type(content), mimetype)
        for content in (
            b"",
            b"<svg onload='alert(1)'/>",
            b"\xff\xd8\xff\xe0 not a picture",
            self._image("GIF"),
            self._image("PNG")[:8] + b"not a picture",
        ):
            with self.subTest(content=content[:12]):
                with self.assertRaises(ValidationError):
                    self.Photo._add_photo(self.document, "x.jpg", content)
        self.assertFalse(self.Photo.search([("document_id", "=", self.document.id)]))

    def test_twice_is_once(self):
        """Architecture 6: what arrives twice is kept once."""
        first = self.Photo._add_photo(
            self.document, "x.jpg", self._image(), client_key="k1"
        )
        again = self.Photo._add_photo(
            self.document, "x.jpg", self._image(), client_key="k1"
        )
        self.assertEqual(first, again)

    def test_only_files_of_the_document(self):
        """F-11: a row is no way to read a file of another document or of nobody."""
        other = self._create_document()
        for place in (
            {"res_model": other._name, "res_id": other.id},
            {"res_model": "res.users", "res_id": self.document.id},
            {},
        ):
            secret = self.env["ir.attachment"].create(
                {"name": "secret.pdf", "raw": b"secret", **place}
            )
            with self.subTest(**place), self.assertRaises(ValidationError):
                self.Photo.create(
                    {"document_id": self.document.id, "attachment_id": secret.id}
                )
