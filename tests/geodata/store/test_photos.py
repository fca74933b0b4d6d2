"""Photos that telephones send broken, empty or enormous: each its own answer, and nothing of them kept."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from geodata.errors import ParameterError
from geodata.store.photos import keep_photo, photo_file


def jpeg(size=(80, 60), **more):
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", **more)
    return out.getvalue()


def with_exif(payload):
    """A JPEG whose EXIF is these bytes, whatever they say."""
    plain, segment = jpeg(), b"Exif\0\0" + payload
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def png_that_says(width, height):
    """A PNG of a hundred bytes that says how large it is."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
WHOLE = jpeg((600, 400))


@pytest.mark.filterwarnings("ignore:Image size")
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "photo_empty"),
        (HEIC, "photo_heic"),
        (WHOLE[: len(WHOLE) // 2], "photo_cut"),
        (WHOLE[:20], "photo_unreadable"),
        (png_that_says(60_000, 60_000), "photo_too_many_pixels"),
        (png_that_says(10_000, 9_000), "photo_too_many_pixels"),
        (png_that_says(0, 5), "photo_unreadable"),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 20, "photo_unreadable"),
    ],
    ids=["empty", "heic", "cut", "cut early", "bomb", "large bomb", "no width", "webp"],
)
def test_each_broken_photo_has_its_own_answer_and_leaves_nothing(tmp_path, sent, code):
    with pytest.raises(ParameterError) as raised:
        keep_photo(tmp_path, io.BytesIO(sent))
    assert raised.value.code == code
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.filterwarnings("ignore")
def test_what_the_telephone_wrote_beside_the_picture_can_be_anything(tmp_path):
    entry = struct.pack("<2sHIH", b"II", 42, 8, 1)
    odd = [
        b"",
        b"garbage" * 9,
        entry + struct.pack("<HHII", 274, 3, 1, 99),
        entry + struct.pack("<HHII", 274, 5, 1, 26) + struct.pack("<III", 0, 1, 0),
        struct.pack("<2sHIH", b"II", 42, 8, 60_000),
    ]
    drawn = random.Random(1)
    whole = struct.pack("<2sHIH", b"II", 42, 8, 2) + struct.pack("<HHII", 274, 3, 1, 6) + b"\0" * 40
    for _ in range(60):
        bent = bytearray(whole)
        for _ in range(4):
            bent[drawn.randrange(len(bent))] = drawn.randrange(256)
        odd.append(bytes(bent))
    for payload in odd:
        kept = keep_photo(tmp_path, io.BytesIO(with_exif(payload)))
        assert {kept.width, kept.height} == {80, 60}
        with Image.open(photo_file(tmp_path, kept.digest)) as written:
            assert not written.getexif()


def test_where_a_photo_was_taken_is_in_none_of_the_bytes_that_are_kept(tmp_path):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (58.0, 54.0, 12.34), 3: "E", 4: (13.0, 18.0, 5.67)})
    kept = keep_photo(tmp_path, io.BytesIO(jpeg(exif=exif)))
    content = photo_file(tmp_path, kept.digest).read_bytes()
    assert b"Exif" not in content
    with Image.open(io.BytesIO(content)) as written:
        assert written.getexif().get_ifd(0x8825) == {}


@pytest.mark.parametrize(("mode", "form"), [("CMYK", "JPEG"), ("I;16", "PNG"), ("LA", "PNG"), ("P", "PNG")])
def test_pictures_of_other_kinds_of_colour_are_kept(tmp_path, mode, form):
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, form)
    assert keep_photo(tmp_path, io.BytesIO(out.getvalue())).width == 40
