"""An outcome that bears the name of a mechanism: `check` warns of exactly what lint asks about.

All reviews are made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import Files, write
from test_same_across_kinds import TRUSTING

from graph.errors import Problem, Severity
from graph.questions.lint import lint
from graph.settings import Settings
from graph.stores import scratch_store
from loaders.intake import check, load

SAME = {"same-as.csv": "concept,mechanism,same_as\ntrust,,trust\n"}
SILENCED = {"silenced.csv": "rule,record,because\nnear-duplicates,trust,One is of staff.\n"}
TOGETHER = {
    "configurations.csv": "id,mechanisms,contexts,reasonings,outcomes\nk1,trust,teams,safe,trust\n"
}
BY_ALIAS = {
    "mechanisms.csv": "id,name,aliases\ntrust,Mutual confidence,Trusting staff; trust among staff\n"
}
IN_CELLS: Files = {
    "review.yaml": "id: trusting\ntitle: A made-up review\n",
    "mechanisms.csv": "id,name\ntrust,Trust among staff\n",
    "configurations.csv": "id,mechanisms,contexts,reasonings,outcomes\n"
    "k1,,stable teams,feeling safe,trust among staff\n"
    "k2,trust,same teams for years,talking openly,errors reported\n",
}


def warned(path: Path, more: Files, files: Files = TRUSTING) -> list[Problem]:
    folder = write(path / "trusting", {**files, **more})
    found = check(folder, Settings()).problems
    assert all(one.severity is Severity.WARNING for one in found), found
    return [one for one in found if "bears the name" in one.message]


def asked(path: Path) -> list[str]:
    with scratch_store(Settings()) as store:
        load(store, path / "trusting", Settings())
        return [one.name for one in lint(store, rule="near-duplicates").items]


def test_it_is_told_where_the_outcome_stands_and_what_would_settle_it(tmp_path: Path) -> None:
    (one,) = warned(tmp_path, {})
    assert one.sentence() == (
        "configurations.csv, row 2, column outcomes: this outcome bears the name of the mechanism "
        "trust, and nothing says whether it is the same, so chains end there; found 'trust among "
        "the staff / Trust among staff'; if it is, a row of same-as.csv says so (concept: trust, "
        "same_as: trust); if not, another name tells them apart"
    )


@pytest.mark.parametrize(
    ("more", "many"),
    [({}, 1), (BY_ALIAS, 1), (SAME, 0), (TOGETHER, 0), (SILENCED, 0)],
    ids=["undeclared", "by alias", "declared", "of one configuration", "silenced"],
)
def test_check_warns_of_what_lint_asks(tmp_path: Path, more: Files, many: int) -> None:
    assert len(warned(tmp_path, more)) == len(asked(tmp_path)) == many


def test_an_outcome_without_a_row_of_its_own_is_told_at_its_configuration(tmp_path: Path) -> None:
    (one,) = warned(tmp_path, {}, IN_CELLS)
    assert one.where == "configurations.csv, row 2, column outcomes"
