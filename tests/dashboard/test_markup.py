from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dashboard.components.markup import fragment, join, tag


def test_text_is_escaped_and_markup_is_kept():
    assert tag("p", "1 < 2 & 3", tag("b", "x")) == "<p>1 &lt; 2 &amp; 3<b>x</b></p>"


def test_attributes_lose_their_underscores_and_what_is_off_is_left_out():
    written = tag(
        "a", href="/?a=1&b=2", class_="row", aria_current="true", download=True, id=None, open=False
    )
    assert written == '<a href="/?a=1&amp;b=2" class="row" aria-current="true" download></a>'


def test_a_field_may_have_a_name_and_has_no_end():
    assert tag("input", name="vad", value='"><script>') == (
        '<input name="vad" value="&#34;&gt;&lt;script&gt;">'
    )


def test_several_children_are_joined_and_nothing_is_left_out():
    assert join(["a", None, [tag("i", "b"), ["c"]]]) == "a<i>b</i>c"
    assert isinstance(join("<"), Markup)


@given(st.text())
def test_no_text_can_open_an_element_or_leave_an_attribute(text):
    inside = tag("p", text, title=text)
    assert inside.count("<") == 2
    assert inside.count('"') == 2


def test_a_fragment_has_a_place_and_a_store_of_the_same_name():
    place, store = fragment("list", tag("p", "x"))
    assert place.children.id == place.id["into"] == store.id["into"] == "list"
    assert store.data == "<p>x</p>"
