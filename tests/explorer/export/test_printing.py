"""The print painter: files that are what they say, the same to the byte, with nothing off the page or over another."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from explorer.core.words import Refusal
from explorer.export.paper import TooSmall
from explorer.export.printing import make_figure, on_paper, print_chart
from explorer.export.typesetting import printable
from tests.charts import make_chart
from widgets.pictures.palette import DARK


@pytest.fixture(autouse=True)
def paper():
    with on_paper():
        yield


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_the_same_chart_gives_the_same_file_to_the_byte(tmp_path, suffix):
    for name in ("one", "two"):
        print_chart(make_chart(), tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_png_has_the_asked_size_and_says_its_dots(tmp_path):
    print_chart(make_chart(), tmp_path / "a.png", width_mm=85, height_mm=70, dpi=600)
    data = (tmp_path / "a.png").read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) == (round(85 / 25.4 * 600), round(70 / 25.4 * 600)) or abs(width - 2007) < 2
    at = data.index(b"pHYs")
    assert struct.unpack(">I", data[at + 4 : at + 8])[0] == pytest.approx(600 / 0.0254, abs=1)


def test_a_pdf_embeds_the_font_and_no_date(tmp_path):
    print_chart(make_chart(), tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"SourceSansPro" in data
    assert b"FontFile2" in data
    assert b"CreationDate" not in data


def test_an_svg_is_xml_of_the_asked_size_with_its_description(tmp_path):
    print_chart(make_chart(), tmp_path / "a.svg", width_mm=160, height_mm=110)
    root = ET.parse(tmp_path / "a.svg").getroot()
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(160 / 25.4 * 72, abs=0.01)
    assert "Aandeel vertrokken" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_the_text_of_an_svg_is_text_and_keeps_its_length_without_the_font(tmp_path):
    chart = make_chart()
    print_chart(chart, tmp_path / "a.svg", width_mm=160, height_mm=110)
    texts = list(ET.parse(tmp_path / "a.svg").getroot().iter("{http://www.w3.org/2000/svg}text"))
    assert chart.title in {text.text for text in texts}
    page = 160 / 25.4 * 72
    for text in texts:
        assert "sans-serif" in text.get("style")
        assert text.get("lengthAdjust") == "spacingAndGlyphs"
        length, x, anchor = float(text.get("textLength")), float(text.get("x")), text.get("style")
        begin = x - length * (0.5 if "anchor: middle" in anchor else 1.0 if "anchor: end" in anchor else 0.0)
        assert begin >= -0.5
        assert begin + length <= page + 0.5, text.text


def test_the_text_of_an_svg_stays_on_the_page_in_a_viewer_with_another_and_wider_font(tmp_path):
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    chart = make_chart(lines=6, name="Vestigingsjaar {}")
    print_chart(chart, tmp_path / "a.svg", width_mm=120, height_mm=110)
    page = 120 / 25.4 * 72
    seen = 0
    for text in ET.parse(tmp_path / "a.svg").getroot().iter("{http://www.w3.org/2000/svg}text"):
        style = text.get("style")
        size = float(re.search(r"font-size: ([0-9.]+)px", style)[1])
        font = FontProperties(
            family="DejaVu Sans", weight="bold" if "font-weight: 600" in style else "normal"
        )
        wide = TextPath((0, 0), text.text, size=size, prop=font).get_extents().x1
        part = 0.5 if "anchor: middle" in style else 1.0 if "anchor: end" in style else 0.0
        begin = float(text.get("x")) - wide * part
        assert begin >= -1, text.text
        assert begin + wide <= page + 1, text.text
        seen += 1
    assert seen > 20


STRANGE = (
    'a\x01b\x0b<tag> & "q" ]]> $x$ _{2}',
    "Київ 北京 العربية हिन्दी 😀 Łódź",
    "a\nb\u2028c\ufffe\ud800",
    "&lt;",
    "\\",
)


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_whatever_a_level_holds_is_printed_without_a_warning_and_an_svg_is_well_formed(
    tmp_path, name, suffix
):
    chart = replace(
        make_chart(lines=2, name=name.replace("{", "{{").replace("}", "}}")),
        title=name,
        note=name,
        description=name,
    )
    print_chart(chart, tmp_path / f"a.{suffix}", dpi=40)
    if suffix == "svg":
        said = " ".join(text for text in ET.parse(tmp_path / "a.svg").getroot().itertext())
        assert printable(name).split()[0] in said


def test_letters_that_the_font_lacks_come_from_another_font(tmp_path):
    print_chart(replace(make_chart(), title="Ж北"), tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert b"SourceSansPro" in data
    print_chart(replace(make_chart(), title="ↄ ⅋ 北"), tmp_path / "b.pdf")
    assert b"DejaVuSans" in (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("name", ["very " * 60 + "long {}", "x" * 400 + "{}", "wide words " * 3000])
@pytest.mark.parametrize("size", [(60, 110), (160, 110), (297, 210)])
def test_names_longer_than_the_page_are_cut_and_the_curves_keep_their_room(name, size):
    figure = make_figure(make_chart(lines=4, name=name), *size)
    plot = figure.axes[0].get_position()
    assert plot.width > 0.2
    assert plot.height > 0.15
    page = figure.bbox
    for text, box in boxes(figure):
        assert page.x0 - 1 <= box.x0, text
        assert box.x1 <= page.x1 + 1, text


def test_notes_that_leave_no_room_for_the_picture_ask_for_a_higher_page(tmp_path):
    long = replace(make_chart(), note="words of a note that goes on " * 160)
    with pytest.raises(TooSmall) as refused:
        print_chart(long, tmp_path / "a.png", width_mm=160, height_mm=110, dpi=40)
    needed = refused.value.needed
    assert 110 < needed < 400
    print_chart(long, tmp_path / "a.png", width_mm=160, height_mm=needed, dpi=40)
    assert (tmp_path / "a.png").exists()


def boxes(figure):
    from matplotlib.text import Text

    renderer = figure.canvas.get_renderer()
    figure.canvas.draw()
    found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in found]


@pytest.mark.parametrize("size", [(85, 90), (120, 90), (160, 110), (297, 210)])
@pytest.mark.parametrize("lines", [1, 4, 8])
def test_no_text_leaves_the_page_and_no_two_overlap(size, lines):
    figure = make_figure(make_chart(lines=lines, name="Vestigingsjaar {}"), *size)
    page = figure.bbox
    placed = boxes(figure)
    for text, box in placed:
        assert box.x0 >= page.x0 - 1, text
        assert box.x1 <= page.x1 + 1, text
        assert box.y0 >= page.y0 - 1, text
        assert box.y1 <= page.y1 + 1, text
    for (one, a), (other, b) in combinations(placed, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        # Boxes hold the room of accents and tails; two lines of text may share a little of it.
        assert across <= 1 or down <= 0.35 * min(a.height, b.height), (one, other)


def test_paper_has_the_content_of_the_screen():
    chart = make_chart()
    said = " ".join(text for text, _ in boxes(make_figure(chart, 160, 110)))
    for part in (
        chart.title,
        chart.badge,
        chart.source,
        chart.x.label,
        chart.y.label,
        chart.risk_label,
        "70000",
    ):
        assert part in said
    for line in chart.lines:
        assert line.label in said
    for word in chart.note.split():
        assert word in said


def test_an_empty_chart_prints_its_sentence():
    figure = make_figure(make_chart(empty="Niemand is geselecteerd."), 120, 80)
    assert "Niemand" in " ".join(text for text, _ in boxes(figure))


def test_a_dark_figure_is_dark(tmp_path):
    print_chart(make_chart(), tmp_path / "d.png", theme=DARK, dpi=40)
    data = (tmp_path / "d.png").read_bytes()
    at = data.index(b"IDAT")
    size = struct.unpack(">I", data[at - 4 : at])[0]
    first = zlib.decompressobj().decompress(data[at + 4 : at + 4 + size], 5)
    assert max(first[1:4]) < 80


@pytest.mark.parametrize(("name", "size"), [("a.gif", (160, 110)), ("a.svg", (20, 20))])
def test_what_cannot_be_printed_is_refused(tmp_path, name, size):
    with pytest.raises(Refusal):
        print_chart(make_chart(), tmp_path / name, width_mm=size[0], height_mm=size[1])
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(Refusal) as refused:
            print_chart(make_chart(), tmp_path / "a.svg")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert "a.svg" in str(refused.value)
    assert not list(tmp_path.iterdir())
