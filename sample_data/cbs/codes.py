"""Which codes stand in CBS components? Only those that the sample needs, with the words CBS gives them.

Nationalities are of RvIG Tabel 32, countries of RvIG Tabel 34 (both of 2022): two lists with numbers of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NATIONALITY: Final = {
    "UA": "0034", "NG": "0137", "MA": "0131", "RU": "0041", "IN": "0312", "DZ": "0100", "EG": "0112",
    "PK": "0331", "TR": "0339", "AZ": "0039", "GE": "0030", "AM": "0040", "MD": "0036", "BY": "0038",
    "GH": "0118", "SY": "0336", "UZ": "0033", "stateless": "0499", "unknown": "0000",
}  # fmt: skip

BIRTH_COUNTRY: Final = {
    "UA": "6038", "NG": "6005", "MA": "5022", "RU": "5053", "IN": "7046", "DZ": "6047", "EG": "7014",
    "PK": "7020", "TR": "6043", "AZ": "5097", "GE": "6064", "AM": "5054", "MD": "6000", "BY": "5098",
    "GH": "5024", "SY": "7009", "UZ": "6050", "stateless": "7009", "unknown": "0000",
}  # fmt: skip
SOVIET_UNION: Final = "9049"

COUNTRY_WORDS: Final = {
    "6038": "Oekraïne", "6005": "Nigeria", "5022": "Marokko", "5053": "Rusland", "7046": "India",
    "6047": "Algerije", "7014": "Egypte", "7020": "Pakistan", "6043": "Turkije", "5097": "Azerbeidzjan",
    "6064": "Georgië", "5054": "Armenië", "6000": "Moldavië", "5098": "Belarus", "5024": "Ghana",
    "7009": "Syrië", "6050": "Oezbekistan", "9049": "Sovjet-Unie", "0000": "Onbekend",
}  # fmt: skip

NATIONALITY_WORDS: Final = {
    "0034": "Oekraïense", "0137": "Nigeriaanse", "0131": "Marokkaanse", "0041": "Russische", "0312": "Indiase",
    "0100": "Algerijnse", "0112": "Egyptische", "0331": "Pakistaanse", "0339": "Turkse",
    "0039": "Azerbeidzjaanse", "0030": "Georgische", "0040": "Armeense", "0036": "Moldavische",
    "0038": "Belarussische", "0118": "Ghanese", "0336": "Syrische", "0033": "Oezbeekse",
    "0499": "Staatloos", "0000": "Onbekend",
}  # fmt: skip

SEX: Final = {"male": "1", "female": "2"}
SEX_WORDS: Final = {"1": "Mannen", "2": "Vrouwen"}

HOUSEHOLD: Final = {
    "single": "1", "couple": "3", "couple with children": "5", "lone parent": "6", "other": "7"
}  # fmt: skip
HOUSEHOLD_WORDS: Final = {
    "1": "Eenpersoonshuishouden", "2": "Niet-gehuwd paar zonder kinderen", "3": "Gehuwd paar zonder kinderen",
    "4": "Niet-gehuwd paar met kinderen", "5": "Gehuwd paar met kinderen", "6": "Eenouderhuishouden",
    "7": "Overig huishouden", "8": "Institutioneel huishouden",
}  # fmt: skip

CONTRACT_WORDS: Final = {"O": "Onbepaalde tijd", "B": "Bepaalde tijd", "N": "Niet van toepassing"}
KIND_WORDS: Final = {
    "1": "Directeur-grootaandeelhouder", "2": "Stagiair", "3": "WSW'er", "4": "Uitzendkracht",
    "5": "Oproepkracht", "9": "Overig",
}  # fmt: skip

INDUSTRY: Final = {
    "A": "01130", "C": "10130", "F": "41200", "G": "47110", "H": "52102", "I": "56101", "J": "62010",
    "M": "70220", "N": "81210", "O": "84110", "P": "85201", "Q": "87100", "R": "93110", "S": "96012",
}  # fmt: skip
"""A class of SBI 2008 in each section, written without its point."""

AGENCY: Final = "78201"
NO_INDUSTRY: Final = "99999"

Labels = Mapping[str, Mapping[str, str]]
"""Words of the codes of a column."""
