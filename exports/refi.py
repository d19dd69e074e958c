"""A review as a REFI-QDA project (``.qdpx``), for NVivo, ATLAS.ti, MAXQDA and QualCoder."""

from __future__ import annotations

import io
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from exports.flat import flat
from exports.graphml import fit_for_xml
from exports.jsonld import iri
from exports.zipped import zipped
from graph.model import Evidence, Passage, Record, ReviewBundle, Source
from graph.schema import BUNDLE_FIELDS

NAMESPACE = "urn:QDA-XML:project:1.0"
_GROUPS = ("Mechanism", "Configuration", "Concept", "Theory")
_BETWEEN = "\n\n"
"""What stands between two passages in the text of a source."""


def refi(bundle: ReviewBundle) -> bytes:
    """The project: codes as they came, the review's theory as codes, and what was coded with them.

    Texts of sources are not held, so the text of a source is made of its passages and quotes, one
    after the other, each of them selected and coded; what has no words codes the source as a whole,
    its place and statement as notes. A piece of evidence is coded with what it is about, its
    contexts, its stance and its levels; arms are cases. Sources without a passage or evidence are
    not in the file.
    """
    return zipped(_Project(bundle).files())


@dataclass
class _Selection:
    """A passage of a source's text, or the source as a whole, with what it is coded as."""

    id: str
    quote: str | None
    locator: str | None = None
    codings: dict[tuple[str, str | None], list[str]] = field(default_factory=dict)
    """Notes by code and coder."""
    arms: set[str] = field(default_factory=set)


class _Project:
    def __init__(self, bundle: ReviewBundle) -> None:
        self.bundle = bundle
        self.root = ET.Element("Project", {"xmlns": NAMESPACE, "origin": "theorygraph"})
        self.root.set("name", fit_for_xml(bundle.review.title))
        self.notes: list[tuple[str, str]] = []
        self.arms: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.texts: dict[str, str] = {}
        self.selections: dict[str, dict[str, _Selection]] = defaultdict(dict)

    def files(self) -> dict[str, str | bytes]:
        for passage in self.bundle.passages:
            self._take_passage(passage)
        for piece in self.bundle.evidence:
            self._take_evidence(piece)
        coded = [source for source in self.bundle.sources if source.id in self.selections]
        sources = [self._source(source) for source in coded]
        self._users()
        self._codes()
        self._variables(sources)
        for name, targets in self.arms.items():
            case = self._part("Cases", "Case", guid=_guid("arm", name), name=name)
            # The standard has whole sources before what is selected in some.
            for kind, guid in sorted(dict.fromkeys(targets), key=lambda one: one[0] != "SourceRef"):
                ET.SubElement(case, kind, {"targetGUID": guid})
        for element in sources:
            self._group("Sources").append(element)
        for guid, text in self.notes:
            note = self._part("Notes", "Note", guid=guid)
            ET.SubElement(note, "PlainTextContent").text = fit_for_xml(text)
        written = io.BytesIO()
        ET.ElementTree(self.root).write(written, encoding="utf-8", xml_declaration=True)
        return {"project.qde": written.getvalue(), **self.texts}

    # -- what is coded ------------------------------------------------------------------------

    def _take_passage(self, passage: Passage) -> None:
        place = f"{passage.span} {passage.locator} {passage.quote}"
        selection = self.selections[passage.source].setdefault(
            place, _Selection(f"passage/{passage.id}", passage.quote, passage.locator)
        )
        notes = selection.codings.setdefault((_guid("Code", passage.code), passage.coder), [])
        notes += [passage.note] if passage.note else []
        selection.arms.update([passage.arm] if passage.arm else [])

    def _take_evidence(self, piece: Evidence) -> None:
        kind, target = piece.target
        codes = [
            _guid(kind.capitalize(), target),
            *(_guid("Concept", concept) for concept in piece.contexts),
            _guid("stance", piece.stance.value),
            *(_guid("Level", f"{self.bundle.review.id}:{level}") for level in piece.levels),
        ]
        said = [text for text in (piece.statement, piece.note) if text]
        self.selections[piece.source][f"evidence {piece.id}"] = _Selection(
            f"evidence/{piece.id}",
            piece.quote,
            piece.locator,
            {(code, piece.coder): said if code == codes[0] else [] for code in codes},
        )

    # -- the parts of the file, in the order that the schema wants ----------------------------

    def _group(self, name: str) -> ET.Element:
        found = self.root.find(name)
        return ET.SubElement(self.root, name) if found is None else found

    def _part(self, group: str, kind: str, **attributes: str) -> ET.Element:
        values = {name: fit_for_xml(value) for name, value in attributes.items()}
        return ET.SubElement(self._group(group), kind, values)

    def _users(self) -> None:
        for name in dict.fromkeys(coder for _, coder in self._codings() if coder):
            self._part("Users", "User", guid=_guid("agent", name), name=name)

    def _codings(self) -> Iterator[tuple[str, str | None]]:
        for selections in self.selections.values():
            for selection in selections.values():
                yield from selection.codings

    def _codes(self) -> None:
        used = {code for code, _ in self._codings()}
        holder = ET.Element("Codes")
        placed: dict[str, ET.Element] = {}
        waiting = list(self.bundle.codes)
        while waiting:
            ready = [code for code in waiting if code.parent is None or code.parent in placed]
            for code in ready or waiting:  # a circle, or a parent that is not there, ends here
                above = placed.get(code.parent or "", holder)
                placed[code.id] = _code(above, _guid("Code", code.id), code.name, code.description)
            waiting = [code for code in waiting if code.id not in placed]
        for label in _GROUPS:
            records = self._theory(label)
            self._named_group(holder, f"{label}s" if label != "Theory" else "Theories", records)
        levels = [level for level in self.bundle.levels if _guid("Level", level.id) in used]
        self._named_group(
            holder,
            "Levels",
            [(_guid("Level", one.id), one.name, one.description) for one in levels],
        )
        stances = dict.fromkeys(piece.stance.value for piece in self.bundle.evidence)
        self._named_group(holder, "Stances", [(_guid("stance", one), one, None) for one in stances])
        if len(holder):
            self._group("CodeBook").append(holder)

    def _theory(self, label: str) -> list[tuple[str, str, str | None]]:
        records: Iterable[Record] = getattr(self.bundle, BUNDLE_FIELDS[label])
        return [
            (
                _guid(label, one.id),
                getattr(one, "name", None) or one.local_id,
                getattr(one, "description", None),
            )
            for one in records
        ]

    def _named_group(
        self, holder: ET.Element, name: str, codes: list[tuple[str, str, str | None]]
    ) -> None:
        if not codes:
            return
        group = _code(holder, _guid("group", name), name, None, codable=False)
        for guid, text, description in codes:
            _code(group, guid, text, description)

    def _variables(self, sources: list[ET.Element]) -> None:
        named = [
            one.get("targetGUID", "") for source in sources for one in source.iter("VariableRef")
        ]
        names = {_guid("variable", name): name for name in Source.model_fields}
        for guid in dict.fromkeys(named):
            self._part("Variables", "Variable", guid=guid, name=names[guid], typeOfVariable="Text")

    def _source(self, source: Source) -> ET.Element:
        guid = _guid("Source", source.id)
        path = f"{guid}.txt"
        element = ET.Element(
            "TextSource",
            guid=guid,
            name=fit_for_xml(source.title),
            plainTextPath=f"internal://{path}",
        )
        text = io.StringIO(newline="")
        starts: dict[str, int] = {}
        whole: list[ET.Element] = []
        at = 0
        for selection in self.selections[source.id].values():
            # A place without words is told with what it is coded as.
            place = [selection.locator] if selection.locator and not selection.quote else []
            codings = [
                self._coding(selection, code, coder, [*place, *notes])
                for (code, coder), notes in selection.codings.items()
            ]
            if not selection.quote:
                whole += codings
                self._arms(selection, "SourceRef", guid)
                continue
            if selection.quote not in starts:
                between = _BETWEEN if at else ""
                starts[selection.quote] = at + len(between)
                at += text.write(between + selection.quote)
            start = starts[selection.quote]
            own = _guid("selection", selection.id)
            chosen = ET.SubElement(
                element,
                "PlainTextSelection",
                guid=own,
                startPosition=str(start),
                endPosition=str(start + len(selection.quote)),
            )
            if selection.locator:
                ET.SubElement(chosen, "Description").text = fit_for_xml(selection.locator)
            chosen.extend(codings)
            self._arms(selection, "SelectionRef", own)
        element.extend(whole)
        for name, value in flat(source).items():
            if name not in ("id", "title"):
                stated = ET.SubElement(element, "VariableValue")
                ET.SubElement(stated, "VariableRef", targetGUID=_guid("variable", name))
                ET.SubElement(stated, "TextValue").text = fit_for_xml(str(value))
        written = text.getvalue()
        # What reads it takes one mark of the byte order off, and counts without it.
        self.texts[f"Sources/{path}"] = ("\ufeff" if written[:1] == "\ufeff" else "") + written
        return element

    def _arms(self, selection: _Selection, kind: str, guid: str) -> None:
        for arm in sorted(selection.arms):
            self.arms[arm].append((kind, guid))

    def _coding(
        self, selection: _Selection, code: str, coder: str | None, notes: list[str]
    ) -> ET.Element:
        own = _guid("coding", f"{selection.id} {code} {coder}")
        coding = ET.Element("Coding", guid=own)
        if coder:
            coding.set("creatingUser", _guid("agent", coder))
        ET.SubElement(coding, "CodeRef", targetGUID=code)
        for number, text in enumerate(notes):
            note = _guid("note", f"{own} {number}")
            ET.SubElement(coding, "NoteRef", targetGUID=note)
            self.notes.append((note, text))
        return coding


def _code(
    above: ET.Element, guid: str, name: str, description: str | None, *, codable: bool = True
) -> ET.Element:
    code = ET.Element("Code", guid=guid, name=fit_for_xml(name), isCodable=str(codable).lower())
    if description:
        ET.SubElement(code, "Description").text = fit_for_xml(description)
    above.append(code)
    return code


def _guid(kind: str, id_: str) -> str:
    """The same guid for the same record each time, so that a project taken in anew is the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri(kind, id_)))
