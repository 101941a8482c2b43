"""Codes to scan, as pictures in the page itself."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


def qr_code(text: str) -> segno.QRCode:
    """A QR code of *text*, medium error correction (ISO/IEC 18004).

    The mask is fixed: trying all eight for the prettiest takes five times as long, on the event loop, and any is read.
    """
    return segno.make_qr(text, error="m", boost_error=False, mask=2)


@lru_cache(maxsize=256)
def qr_svg(text: str) -> Markup:
    """The code as inline SVG, four modules of quiet zone; kept, as a page without scripts asks often."""
    svg = qr_code(text).svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 (drawn by us; the text is in it as modules only)
