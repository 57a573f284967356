"""The feed is Atom as RFC 4287 has it, tells of every release and change of word, and stays at one address."""

import pytest
import requests
from lxml import etree
from running import Running

from pipeline.processed import Tables

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = """
<element name="feed" ns="http://www.w3.org/2005/Atom" xmlns="http://relaxng.org/ns/structure/1.0"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <interleave>
    <element name="id"><data type="anyURI"/></element>
    <element name="title"><text/></element>
    <optional><element name="subtitle"><text/></element></optional>
    <element name="updated"><data type="dateTime"/></element>
    <oneOrMore><element name="author"><element name="name"><text/></element></element></oneOrMore>
    <oneOrMore><ref name="link"/></oneOrMore>
    <zeroOrMore>
      <element name="entry">
        <interleave>
          <element name="id"><data type="anyURI"/></element>
          <element name="title"><text/></element>
          <element name="updated"><data type="dateTime"/></element>
          <oneOrMore><ref name="link"/></oneOrMore>
          <element name="summary"><text/></element>
        </interleave>
      </element>
    </zeroOrMore>
  </interleave>
</element>
"""
LINK = """
<define name="link">
  <element name="link">
    <attribute name="href"><data type="anyURI"/></attribute>
    <attribute name="rel"><choice><value>self</value><value>alternate</value></choice></attribute>
    <optional><attribute name="type"><data type="string"><param name="pattern">.+/.+</param></data></attribute></optional>
  </element>
</define>
"""
"""What RFC 4287 (section 4) asks of the elements that the feed uses, as RELAX NG."""


def schema() -> etree.RelaxNG:
    kinds = 'ns="http://www.w3.org/2005/Atom" xmlns="http://relaxng.org/ns/structure/1.0"'
    types = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
    return etree.RelaxNG(etree.XML(f"<grammar {kinds} {types}><start>{SCHEMA}</start>{LINK}</grammar>"))


@pytest.fixture(scope="module")
def answered(served_below: Running) -> requests.Response:
    return requests.get(f"{served_below.address}/feed.xml", timeout=10)


@pytest.fixture(scope="module")
def document(answered: requests.Response) -> etree._Element:
    return etree.fromstring(answered.content)


def test_the_feed_is_valid_and_named_as_what_it_is(answered, document) -> None:
    assert answered.headers["content-type"].startswith("application/atom+xml")
    found = schema()
    assert found.validate(document), found.error_log


def test_a_feed_without_a_date_would_not_be_valid(document) -> None:
    broken = etree.fromstring(etree.tostring(document))
    broken.remove(broken.find(f"{ATOM}updated"))
    assert not schema().validate(broken)


def test_every_entry_has_an_address_of_its_own_below_the_dashboards_path(answered, document) -> None:
    ids = [one.text for one in document.findall(f"{ATOM}entry/{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith(f"{answered.url}#") for one in ids)
    links = [one.get("href") for one in document.iter(f"{ATOM}link")]
    assert all(one.startswith(answered.url.removesuffix("feed.xml")) for one in links)


def test_releases_and_changes_of_word_are_told_newest_first(document) -> None:
    titles = [one.text for one in document.findall(f"{ATOM}entry/{ATOM}title")]
    days = [one.text[:10] for one in document.findall(f"{ATOM}entry/{ATOM}updated")]
    history, hle = Tables.open().table("verdict_history"), Tables.open().table("hle")
    changes = int((history["course_changed"] | history["direction_changed"]).sum())
    assert len(titles) == hle["release"].nunique() + changes
    assert days == sorted(days, reverse=True)
    assert document.find(f"{ATOM}subtitle").text.endswith("expected in February 2027")


def test_every_release_says_what_its_figures_say_of_women_and_men(document) -> None:
    said = [one.text for one in document.findall(f"{ATOM}entry/{ATOM}summary")]
    assert any(", 2022 to 2024. Women: 6.0 years, not on course, wider. Men: 5.9 years, not on" in one for one in said)
    then = [one for one in said if one.startswith("By the methods of today, it would have given this.")]
    assert len(then) == 2
    assert any("Women: 6.4 years, not on course, no clear change. Men: 7.0 years" in one for one in then)
