"""Make Chainstep's fonts: subsets, under new names, of four families under the SIL OFL.

Usage: python subset.py FOLDER      (needs fontTools)

FOLDER is searched, with its subfolders, for the source TTFs named in FONTS below.
The results are written beside this script; the same sources give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FEATURES = ["kern", "liga", "calt", "tnum", "mark", "mkmk", "ccmp", "locl"]
KEPT_NAMES = [0, 5, 13, 14]  # copyright, version, licence and its address
WINDOWS = 3  # the platform of the names
# One line height for all files, so that a fallback glyph never makes a line taller (Inter's own).
ASCENT, DESCENT = 0.96875, 0.2412

LATIN1 = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
LATIN_A = "".join(map(chr, range(0x100, 0x180))).replace("ŉ", "")  # old, and Inter has none
WESTERN = "ŒœŸẞẀẁẂẃẄẅỲỳ€„‚‹›"  # what the languages of Western Europe need beyond Latin-1
GREEK = "αβγδεηθλμπσΣΠΔ"
SPACES = "\u2007\u2009\u200a\u202f\u00a0"
PUNCTUATION = "′″…–—‘’“”•"
SCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
OPERATORS = "∂∇−×·÷±½¼≤≥≠≈∞√→←↑↓↔↦⇒⇐⋯∏∑"
HATS = "ŴŵŶŷẐẑ\u0302"
SHAPES = "✓✗▶◀▲▼▸◂●○⌘⇧↵"
LETTERS = LATIN1 + LATIN_A + WESTERN + GREEK
MATH = LETTERS + SPACES + PUNCTUATION + SCRIPTS + "ₙᵢⱼⁿ" + OPERATORS + HATS
SANS = MATH + "ȘșȚț" + SHAPES
MONO = LETTERS + SPACES + PUNCTUATION + SCRIPTS
MONO += OPERATORS.replace("⇒⇐", "") + "Ŵŵŷ"


def gb2312(first: int, last: int) -> str:
    """Return the characters of these rows of GB 2312, the last one included."""
    return "".join(
        bytes([row + 0xA0, cell + 0xA0]).decode("gb2312", "ignore")
        for row in range(first, last + 1)
        for cell in range(1, 95)
    )


# Both levels of hanzi (rows 16-87). Of the signs, what Sans has not; quotes and dots are wider here.
SIGNS = gb2312(1, 3) + "".join(map(chr, [*range(0x3000, 0x3018), *range(0xFF01, 0xFF5F)])) + "￥"
NAMES = "玥喆堃珺璟翀昇祎赟曈湉玹"  # in names of today, not in GB 2312
SC = gb2312(16, 87) + NAMES + "".join(c for c in SIGNS if c not in SANS) + "‘’“”…—"

# result, source, family, style, weight, characters
FONTS: list[tuple[str, str, str, str, int, str]] = [
    ("ChainstepSans-Regular", "Inter_400Regular", "Chainstep Sans", "Regular", 400, SANS),
    ("ChainstepSans-SemiBold", "Inter_600SemiBold", "Chainstep Sans", "SemiBold", 600, SANS),
    ("ChainstepSansSC-Regular", "NotoSansSC_400Regular", "Chainstep Sans SC", "Regular", 400, SC),
    (
        "ChainstepSansSC-SemiBold",
        "NotoSansSC_600SemiBold",
        "Chainstep Sans SC",
        "SemiBold",
        600,
        SC,
    ),
    ("ChainstepMath-Regular", "STIXTwoText_400Regular", "Chainstep Math", "Regular", 400, MATH),
    (
        "ChainstepMath-Italic",
        "STIXTwoText_400Regular_Italic",
        "Chainstep Math",
        "Italic",
        400,
        MATH,
    ),
    ("ChainstepMath-Bold", "STIXTwoText_700Bold", "Chainstep Math", "Bold", 700, MATH),
    ("ChainstepMono-Regular", "JetBrainsMono_400Regular", "Chainstep Mono", "Regular", 400, MONO),
]
MATH_DONOR = "STIXTwoMath_400Regular"
# The donor's own bold and italic letters, for the styles that have them.
MATH_STYLED = {"Italic": {"∂": "\U0001d715"}, "Bold": {"∂": "\U0001d6db", "∇": "\U0001d6c1"}}


def draw(source: TTFont, char: str, transform: Transform, pen: TTGlyphPen) -> None:
    """Draw a character of `source`, without components, into `pen`."""
    glyphs = source.getGlyphSet()
    record = DecomposingRecordingPen(glyphs)
    glyphs[source.getBestCmap()[ord(char)]].draw(record)
    flips = transform[0] * transform[3] < 0  # a mirrored outline has to run the other way
    record.replay(TransformPen(ReverseContourPen(pen) if flips else pen, transform))


def add_glyph(font: TTFont, char: str, pen: TTGlyphPen, width: float) -> None:
    """Give `font` the glyph in `pen` for `char`."""
    name = f"chainstep{ord(char):04X}"
    glyph = pen.glyph()
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (round(width), getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(char)] = name


def box(font: TTFont, char: str) -> tuple[float, float, float, float]:
    """Return the ink box of a character: left, bottom, right, top."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    bounds: tuple[float, float, float, float] = pen.bounds
    return bounds


def width(font: TTFont, char: str) -> int:
    """Return the advance width of a character."""
    advance: int = font["hmtx"][font.getBestCmap()[ord(char)]][0]
    return advance


def derive_shapes(font: TTFont) -> None:
    """Draw ∇ ▸ ◂ ⋯ from the font's own Δ ▶ ◀ …, where it has none."""
    cmap, scale = font.getBestCmap(), 0.6
    small = {"▸": "▶", "◂": "◀"}
    if ord("∇") not in cmap:  # Δ upside down
        pen = TTGlyphPen(None)
        draw(font, "Δ", Transform(1, 0, 0, -1, 0, box(font, "Δ")[3]), pen)
        add_glyph(font, "∇", pen, width(font, "Δ"))
    for char, big in small.items():
        if ord(char) not in cmap and ord(big) in cmap:
            _, bottom, _, top = box(font, big)
            pen, middle = TTGlyphPen(None), (bottom + top) / 2
            draw(font, big, Transform(scale, 0, 0, scale, 0, middle * (1 - scale)), pen)
            add_glyph(font, char, pen, width(font, big) * scale)
    if ord("⋯") not in cmap:  # the ellipsis raised to the minus sign
        _, bottom, _, top = box(font, "−")
        _, low, _, high = box(font, "…")
        axis = (bottom + top) / 2
        pen = TTGlyphPen(None)
        draw(font, "…", Identity.translate(0, axis - (low + high) / 2), pen)
        add_glyph(font, "⋯", pen, width(font, "…"))


def derive_maps_to(font: TTFont) -> None:
    """Draw ↦ as → with a bar at its tail, where the font has none."""
    if ord("↦") in font.getBestCmap():
        return
    left, low, _, high = box(font, "→")
    _, bottom, _, top = box(font, "−")
    right, half, middle = left + top - bottom, (high - low) * 0.34, (low + high) / 2
    pen = TTGlyphPen(None)
    draw(font, "→", Identity, pen)
    pen.moveTo((left, middle - half))
    pen.lineTo((left, middle + half))
    pen.lineTo((right, middle + half))
    pen.lineTo((right, middle - half))
    pen.closePath()
    add_glyph(font, "↦", pen, width(font, "→"))


def derive_scripts(font: TTFont) -> None:
    """Draw ₊ ₋ ₙ ᵢ ⱼ ⁺ ⁻ (and a monospaced font's spaces) where the font has none."""
    cmap = font.getBestCmap()
    fixed = width(font, "i") if width(font, "i") == width(font, "m") else 0
    if fixed:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap |= {ord(c): table.cmap[0x20] for c in SPACES if ord(c) not in cmap}
    shrink = (box(font, "₂")[3] - box(font, "₂")[1]) / (box(font, "2")[3] - box(font, "2")[1])
    base = {"₊": "+", "₋": "−", "ₙ": "n", "ᵢ": "i", "ⱼ": "j", "⁺": "+", "⁻": "−"}
    for char, full in base.items():
        if ord(char) not in cmap:
            like = "₂" if char in "₊₋ₙᵢⱼ" else "²"
            shift = box(font, like)[1] - box(font, "2")[1] * shrink
            pen = TTGlyphPen(None)
            advance = fixed or width(font, full) * shrink
            side = (advance - width(font, full) * shrink) / 2
            draw(font, full, Transform(shrink, 0, 0, shrink, side, shift), pen)
            add_glyph(font, char, pen, advance)


def borrow(font: TTFont, donor: TTFont, chars: str, styled: dict[str, str]) -> None:
    """Copy the glyphs of `chars` that `font` lacks from `donor`."""
    scale = font["head"].unitsPerEm / donor["head"].unitsPerEm
    for char in chars:
        source = styled.get(char, char)
        if ord(char) not in font.getBestCmap() and ord(source) in donor.getBestCmap():
            pen = TTGlyphPen(None)
            draw(donor, source, Identity.scale(scale), pen)
            add_glyph(font, char, pen, width(donor, source) * scale)


def make_tabular(font: TTFont) -> None:
    """Make equally wide digits, + − and . the default: by the feature 'tnum', else by the width."""
    mapping: dict[str, str] = {}
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in font["GSUB"].table.LookupList.Lookup[index].SubTable:
                    mapping |= getattr(table, "ExtSubTable", table).mapping
    for table in font["cmap"].tables:
        for char in "0123456789+−.":
            if table.isUnicode():
                glyph = table.cmap[ord(char)]
                table.cmap[ord(char)] = mapping.get(glyph, glyph)
    metrics, cmap = font["hmtx"].metrics, font.getBestCmap()
    digit = metrics[cmap[ord("0")]][0]
    for char in "123456789\u2007":
        if ord(char) in cmap:
            metrics[cmap[ord(char)]] = (digit, metrics[cmap[ord(char)]][1])


def keep_letter_x(font: TTFont) -> None:
    """Stop Inter's 'calt' from turning the letter x between digits into × (w1x2 is no product)."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            mapping = getattr(getattr(table, "ExtSubTable", table), "mapping", {})
            if mapping.get("x", "").startswith("multiply"):
                del mapping["x"]


def rename(font: TTFont, file: str, family: str, style: str, weight: int) -> None:
    """Set the names and the style bits, and keep the copyright and the licence."""
    names = font["name"]
    names.names = [n for n in names.names if n.nameID in KEPT_NAMES and n.platformID == WINDOWS]
    # SemiBold is linked as the family's bold, so that bold text is never smeared artificially.
    linked = "Bold" if style == "SemiBold" else style
    version = str(names.getDebugName(5))
    new = {
        1: family,
        2: linked,
        3: f"{version};{file}",
        4: f"{family} {style}",
        6: file,
        16: family,
        17: style,
    }
    for name_id, text in new.items():
        names.setName(text, name_id, WINDOWS, 1, 0x409)
    os2, bold, italic = font["OS/2"], linked == "Bold", linked == "Italic"
    os2.usWeightClass = weight
    os2.fsSelection = 0x80 | 0x01 * italic | 0x20 * bold | 0x40 * (linked == "Regular")
    font["head"].macStyle = 0x01 * bold | 0x02 * italic


def set_line_height(font: TTFont) -> None:
    """Give every font the same ascent and descent, in all three places that hold them."""
    em, os2, hhea = font["head"].unitsPerEm, font["OS/2"], font["hhea"]
    up, down = round(ASCENT * em), round(DESCENT * em)
    hhea.ascent = os2.sTypoAscender = os2.usWinAscent = up
    hhea.descent = os2.sTypoDescender = -down
    os2.usWinDescent = down
    hhea.lineGap = os2.sTypoLineGap = 0


def make(
    folder: Path, file: str, source: str, family: str, style: str, weight: int, chars: str
) -> None:
    """Make one font file."""
    font = TTFont(next(folder.rglob(f"{source}.ttf")), recalcTimestamp=False)
    for tag in ("STAT", "BASE", "vhea", "vmtx"):
        if tag in font:
            del font[tag]
    if family == "Chainstep Math":
        donor = TTFont(next(folder.rglob(f"{MATH_DONOR}.ttf")))
        borrow(font, donor, chars, MATH_STYLED.get(style, {}))
    if family != "Chainstep Sans SC":
        derive_shapes(font)
        derive_maps_to(font)
        derive_scripts(font)
        make_tabular(font)
    if family == "Chainstep Sans":
        keep_letter_x(font)
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = KEPT_NAMES
    options.notdef_outline = True
    options.prune_codepage_ranges = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=chars)
    subsetter.subset(font)
    rename(font, file, family, style, weight)
    set_line_height(font)
    font.save(HERE / f"{file}.ttf")
    missing = [c for c in dict.fromkeys(chars) if ord(c) not in font.getBestCmap()]
    size = (HERE / f"{file}.ttf").stat().st_size
    sys.stdout.write(f"{file}: {size} bytes, missing: {missing}\n")


def main() -> None:
    """Make all the fonts from the folder named on the command line."""
    match sys.argv[1:]:
        case [folder]:
            for entry in FONTS:
                make(Path(folder), *entry)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
