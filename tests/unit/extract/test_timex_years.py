"""Years among bare numbers of four digits, and counts that are none."""

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from pipelines.extract.times import times

PUBLISHED = date(2025, 12, 13)
Parse = Callable[[str], Doc]

COUNTS = [
    "More than 2000 people died.",
    "About 1500 soldiers left.",
    "They sold 1900 cars.",
    "It was worth 1800 euros.",
    "It cost 2000 rubles.",
    "Some 1990 voters came.",
    "Winds gusted 1900 times.",
    "The number is above 1000 and below 1500.",
    "There are at least 1950 and at most 2010 homes.",
    "The attack killed 2000 and injured 1500.",
    "Nearly 2000 were arrested.",
    "The town has a population of 1900.",
    "The stock rose to 1500 from 1200.",
    "A 2000-seat hall opened.",
    "She ran the 1500 metres.",
    "The firm employs 2000 workers in 1500 shops.",
    "The plane carried 1900 kg of mail.",
    "They paid EUR 2000 for it.",
    "A 2000 pound bomb fell.",
    "A survey of 1709 children was made.",
    "Between 1500 and 2000 people marched.",
    "Up to 1800 houses burned.",
    "2000 people came.",
    "Flights to 2000 cities stopped.",
    "Police seized 1980 rifles.",
    "There were 2019 cases.",
    "It sent 1,500 troops and 2000 police.",
    "The plant makes 1800 a day.",
    "Of the 2000 votes, 1200 were his.",
    "The crowd of 2000 cheered.",
    "It has 1950 rooms.",
    "About 1990 homes have no power.",
    "The company cut 2000 jobs in the town.",
    "Prices rose by 1500 rubles to 2000.",
    "The ship has 1990 passengers.",
    "Over 1000 of them fled.",
    "A force of 2000 was sent.",
    "There is room for 1200.",
    "The book has 1200 pages.",
    "From 1500 to 2000 trees fell.",
    "He owes Rs 2000.",
    "The toll passed 1900.",
    "At least 1995 were hurt.",
]

YEARS = [
    ("The 2016 elections were close.", ["2016"]),
    ("The 2019 law failed.", ["2019"]),
    ("The report (2015) was good.", ["2015"]),
    ("In Geneva, 2014, they met.", ["2014"]),
    ("The class of 2004 met.", ["2004"]),
    ("2016: A bad year", ["2016"]),
    ("In 1848 the king fled.", ["1848"]),
    ("The War of 1812 was long.", ["1812"]),
    ("In 2000 voters chose him.", ["2000"]),
    ("He has lived there since 1990.", ["1990"]),
    ("Sales rose from 2010 to 2015.", ["2010", "2015"]),
    ("Emissions must fall 40% below 2005 levels by 2050.", ["2005", "2050"]),
    ("Costs must be cut by 2050.", ["2050"]),
    ("It will be built until at least 2030.", ["2030"]),
    ("In about 1850 the mill was built.", ["1850"]),
    ("Around 2000, the firm was sold.", ["2000"]),
    ("Orsolin (1756-1791) wrote it.", ["1756/1791"]),
    ("In 2012 scientists found it.", ["2012"]),
    ("The treaty was signed in May 1648.", ["1648-05"]),
    ("It dates from 1720.", ["1720"]),
    ("The 2012 results and 2013 sales were better than 2011.", ["2012", "2013", "2011"]),
    ("2024 was a good year for farmers.", ["2024"]),
    ("Between 1845 and 1852 a million died.", ["1845", "1852"]),
    ("The court's 1898 case was clear.", ["1898"]),
    ("Its 2012 graduates found work.", ["2012"]),
    ("He sold his 1967 Mustang.", ["1967"]),
    ("It is the worst since 1990, when 2000 homes burned.", ["1990"]),
    ("He was jailed in 1999, 2000 and 2001.", ["1999", "2000", "2001"]),
    ("They say the debt is worth 90 million in 1985 dollars.", ["1985"]),
    ("The temple fell in 1200 B.C. and was found in A.D. 1066.", ["BC1200", "1066"]),
]


@pytest.mark.parametrize("text", COUNTS)
def test_a_count_is_no_year(parse: Parse, text: str) -> None:
    assert times(parse(text), PUBLISHED) == []


@pytest.mark.parametrize(("text", "values"), YEARS)
def test_a_year_is_found(parse: Parse, text: str, values: list[str]) -> None:
    assert [row["value"] for row in times(parse(text), PUBLISHED)] == values
