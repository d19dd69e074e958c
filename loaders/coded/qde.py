"""REFI-QDA's XML, read with distrust: elements with their lines, or one located problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_external_ges, feature_external_pes
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from loaders.coded.passages import CodedDocument

DEEPEST = 100
"""How deep elements may stand in each other; a project file needs fewer than twenty levels."""


@dataclass(slots=True)
class Element:
    """An element by its name without the namespace, with the line that it begins on."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    inside: list[Element] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        """An attribute without outer white space; empty if there is none."""
        return self.attributes.get(attribute, "").strip()

    def all(self, *names: str) -> list[Element]:
        """The elements directly inside that go by one of these names."""
        return [one for one in self.inside if one.name in names]

    def first(self, name: str) -> Element | None:
        """The first element directly inside that goes by a name."""
        return next((one for one in self.inside if one.name == name), None)

    def word(self, name: str) -> str:
        """The text of the first element directly inside that goes by a name."""
        found = self.first(name)
        return found.text.strip() if found is not None else ""

    def within(self) -> Iterator[Element]:
        """This element and every one inside it, in the order of the file."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(one.inside)


class _TooDeep(Exception):
    pass


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root: Element | None = None
        self.open: list[Element] = []
        self.words: list[list[str]] = []
        self.place: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:
        self.place = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        if len(self.open) >= DEEPEST:
            raise _TooDeep
        line = self.place.getLineNumber() if self.place is not None else None
        given = {key.rpartition(":")[2]: attrs.getValue(key) for key in attrs.getNames()}
        element = Element(name.rpartition(":")[2], line or 1, given)
        if self.open:
            self.open[-1].inside.append(element)
        elif self.root is None:
            self.root = element
        self.open.append(element)
        self.words.append([])

    def characters(self, content: str) -> None:
        if self.words:
            self.words[-1].append(content)

    def endElement(self, name: str) -> None:
        self.open.pop().text = "".join(self.words.pop())


def read_xml(data: bytes, document: CodedDocument) -> Element | None:
    """The root element; nothing if the document has noted why the XML cannot be read.

    A document type, entities and references to other files are refused, whatever they hold.
    """
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_external_ges, False)
    parser.setFeature(feature_external_pes, False)
    builder = _Builder()
    parser.setContentHandler(builder)
    try:
        parser.parse(BytesIO(data))
    except DefusedXmlException:
        document.refuse(
            "the XML has a document type, entities or references to other files; none is read",
            row=parser.getLineNumber() or 1,
            expected="elements and texts, as REFI-QDA has them",
            hint="export it anew from the coding tool",
        )
    except _TooDeep:
        document.refuse(
            f"elements stand more than {DEEPEST} deep in each other",
            row=parser.getLineNumber() or 1,
        )
    except SAXParseException as error:
        document.refuse(
            "this is not XML",
            row=error.getLineNumber() or 1,
            found=error.getMessage(),
            hint="was the file cut off, or changed by hand? Export it anew",
        )
    except (SAXException, ValueError, LookupError):
        document.refuse(
            "this is not XML that can be read",
            row=parser.getLineNumber() or 1,
            expected="XML in UTF-8, as REFI-QDA has it",
        )
    else:
        return builder.root
    return None
