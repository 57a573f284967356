"""Names of places and of ends of a gap read as English has them."""

import pytest

from pipeline.answers.gap.sentence import running_end, running_name


@pytest.mark.parametrize(
    ("name", "running"),
    [
        ("North East", "the North East"),
        ("East of England", "the East of England"),
        ("London", "London"),
        ("Yorkshire and The Humber", "Yorkshire and the Humber"),
        ("North East Lincolnshire", "North East Lincolnshire"),
    ],
)
def test_regions_take_an_article_where_english_wants_one(name, running):
    assert running_name(name) == running


@pytest.mark.parametrize(
    ("name", "running"),
    [
        ("North East", "the North East"),
        ("Least deprived fifth", "the least deprived fifth"),
        ("15 highest authorities", "the 15 highest authorities"),
    ],
)
def test_an_end_that_is_a_group_has_an_article_too(name, running):
    assert running_end(name) == running
