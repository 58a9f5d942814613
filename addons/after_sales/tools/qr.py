"""QR codes as pictures that need no graphics library beyond Odoo's own."""

import io

from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

#: points of a module, and modules of white around the code
SCALE, QUIET = 6, 2


def qr_png(text):
    """The QR code of a text, black on white.

    :param str text: what it says
    :returns: bytes of a PNG

    >>> qr_png("OP0000001")[:4]
    b'\\x89PNG'
    """
    code = QrCodeWidget(text).qr
    code.make()
    size = code.getModuleCount()
    image = Image.new("1", (size + 2 * QUIET, size + 2 * QUIET), 1)
    for row in range(size):
        for column in range(size):
            if code.isDark(row, column):
                image.putpixel((column + QUIET, row + QUIET), 0)
    image = image.resize((image.width * SCALE, image.height * SCALE))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
