"""Illustrative reference files, one for each trap that real ones hold. No such papers exist."""

from __future__ import annotations

RIS = """\
TY  - JOUR
AU  - Lee, Anna B.
AU  - Roy, C.
TI  - Debriefs on illustrative wards: what staff say of speaking up
PY  - 2019
JO  - Illustrative Journal
VL  - 12
IS  - 3
SP  - 101
EP  - 109
DO  - 10.9999/illustrative.1
ER  -

TY  - RPRT
A1  - Illustrative Trust
T1  - A report on debriefs in illustrative hospitals
Y1  - 2012///
ER  -
"""

BIBTEX = """\
@string{ij = "Illustrative Journal"}
@comment{nothing to read here}
@article{lee2019,
  author = {Lee, Anna B. and Roy, C.},
  title = {Debriefs on {Illustrative} wards: what staff say of speaking up},
  journal = ij,
  year = 2019,
  doi = {https://doi.org/10.9999/ILLUSTRATIVE.1},
}
@techreport{trust,
  author = {{Illustrative Trust}},
  title = {Ein Bericht {\\"u}ber Debriefs},
  year = {2012},
}
"""

CSL = """\
[
  {"type": "article-journal", "title": "Debriefs on illustrative wards: what staff say of speaking up",
   "author": [{"family": "Lee", "given": "Anna B."}, {"family": "Roy", "given": "C."}],
   "issued": {"date-parts": [[2019, 4]]}, "container-title": "Illustrative Journal",
   "DOI": "10.9999/illustrative.1", "page": "101-109", "volume": "12"},
  {"type": "report", "title": "A report on debriefs in illustrative hospitals", "author": [{"literal": "Illustrative Trust"}],
   "issued": {"raw": "2012"}}
]
"""

NBIB = """\
PMID- 12345678
OWN - NLM
TI  - Debriefs on illustrative wards: what staff
      say of speaking up
LID - 10.9999/illustrative.1 [doi]
FAU - Lee, Anna B
AU  - Lee AB
AU  - Roy C
DP  - 2019 Apr
JT  - Illustrative journal
VI  - 12
PG  - 101-9

PMID- 87654321
TI  - A report on debriefs in illustrative hospitals
CN  - Illustrative Trust
DP  - 2012
"""

ENDNOTE = """\
<?xml version="1.0" encoding="UTF-8"?>
<xml><records>
<record><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Lee, Anna B.</style></author>
<author>Roy, C.</author></authors></contributors>
<titles><title><style face="normal">Debriefs on illustrative wards: </style><style face="italic">what
staff say of speaking up</style></title><secondary-title>Illustrative Journal</secondary-title></titles>
<dates><year>2019</year></dates><volume>12</volume>
<electronic-resource-num>10.9999/illustrative.1</electronic-resource-num></record>
<record><ref-type name="Report">27</ref-type>
<contributors><authors><author>Illustrative Trust</author></authors></contributors>
<titles><title>A report on debriefs in illustrative hospitals</title></titles><dates><year>2012</year></dates></record>
</records></xml>
"""

RAYYAN = """\
key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes
rayyan-1,Debriefs on illustrative wards: what staff say of speaking up,2019,4,,Illustrative Journal,,12,3,101-109,"Lee, Anna B. and Roy, C.",,,,,,"RAYYAN-INCLUSION: {""Ann""=>""Included"", ""Bo""=>""Included""}"
rayyan-2,A report on debriefs in illustrative hospitals,2012,,,,,,,,Illustrative Trust,,,,,,"RAYYAN-INCLUSION: {""Ann""=>""Excluded""} | RAYYAN-EXCLUSION-REASONS: wrong population"
rayyan-3,Another report on debriefs,2013,,,,,,,,Illustrative Trust,,,,,,"RAYYAN-INCLUSION: {""Ann""=>""Excluded"",""Bo""=>""Included""}"
rayyan-4,A report on something else,2014,,,,,,,,Illustrative Trust,,,,,,"RAYYAN-INCLUSION: {""Ann""=>""Excluded""} | RAYYAN-EXCLUSION-REASONS: wrong population"
"""

COVIDENCE = """\
Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags,Exclusion reason
Debriefs on illustrative wards: what staff say of speaking up,"Lee, Anna B.; Roy, C.",,2019,4,Illustrative Journal,12,3,101-109,,10.9999/illustrative.1,,#1,Lee 2019,,,
A report on debriefs in illustrative hospitals,Illustrative Trust,,2012,,,,,,,,,#2,Trust 2012,,,Wrong outcomes
"""

WOS = """\
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lee, AB
   Roy, C
TI Debriefs on illustrative wards: what staff
   say of speaking up
SO ILLUSTRATIVE JOURNAL
PY 2019
VL 12
BP 101
EP 109
DI 10.9999/illustrative.1
ER

PT J
AU Illustrative Trust
TI A report on debriefs in illustrative hospitals
PY 2012
ER

EF
"""

FILES = {
    "records.ris": RIS,
    "records.bib": BIBTEX,
    "records.json": CSL,
    "records.nbib": NBIB,
    "records.xml": ENDNOTE,
    "wos.txt.ris": WOS,
}
"""The same two records in each format."""
