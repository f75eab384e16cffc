"""One amendment on one tree: what it changes, or the code that says why nothing was changed."""

import re

from assistant.corpus.document import ProvisionKind
from assistant.corpus.law.amendment import Amendment, OperationKind, Part, Place
from assistant.corpus.law.markers import REPEALED, SUSPENDED
from ingest.law.applying.cutting import LABEL, heading_words, index_in, parent_of, words_after
from ingest.law.applying.exchanging import APPLIED, exchange
from ingest.law.applying.fresh import Fresh, read_units
from ingest.law.applying.places import find_units
from ingest.law.applying.tree import Unit, Words, adopt, headings_below, rename_heading


def apply(root: Unit, amendment: Amendment, origin: int) -> str:
    """Change `root` as `amendment` says; "applied", or why not. What cannot be done wholly is not done at all."""
    if amendment.kind is OperationKind.UNKNOWN:
        return "amendment_not_understood"
    if amendment.place.part is Part.OTHER:
        return "amendment_part_without_address"
    if amendment.kind is OperationKind.INSERT:
        return _insert(root, amendment, origin)
    units = find_units(root, amendment.place)
    if not units:
        return "amendment_place_not_held"
    if len(units) > 1:
        return "amendment_place_ambiguous"
    if amendment.kind is OperationKind.PHRASE:
        return exchange(units[0], amendment, origin)
    if units[0].ended:
        return "amendment_place_repealed"
    if amendment.kind in (OperationKind.REPEAL, OperationKind.SUSPEND):
        return _end(units[0], amendment, origin)
    return _replace(root, units[0], amendment, origin)


# --- new text in the place of old


def _replace(root: Unit, unit: Unit, amendment: Amendment, origin: int) -> str:
    if amendment.place.part is not Part.WHOLE:
        return _replace_words_of(unit, amendment, origin)
    if unit.kind not in (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT):
        return "amendment_part_without_address"
    fresh = _fresh_for(unit, amendment, origin)
    if fresh is not None:
        _take_place(root, unit, fresh)
        return APPLIED
    return _replace_inside(unit, amendment, origin)


def _fresh_for(unit: Unit, amendment: Amendment, origin: int) -> Unit | None:
    """The quoted unit with the same label; it may be quoted below the heading of the unit that holds it."""
    for top in (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT):
        for each in read_units(amendment.new, top, origin).units:
            same = [inner for inner in each.walk() if inner.kind is unit.kind and inner.label == unit.label]
            if same and _agrees(each, amendment.place):
                return same[0]
    return None


def _agrees(outer: Unit, place: Place) -> bool:
    """Whether the outermost quoted unit is the one that is amended, or holds it."""
    wanted = {
        ProvisionKind.ARTICLE: place.article,
        ProvisionKind.CLAUSE: place.clause,
        ProvisionKind.POINT: place.point,
    }[outer.kind]
    if outer.kind is _kind_of(place):
        return True  # several units are quoted beside each other
    return wanted == outer.label


def _kind_of(place: Place) -> ProvisionKind:
    if place.point:
        return ProvisionKind.POINT
    return ProvisionKind.CLAUSE if place.clause else ProvisionKind.ARTICLE


def _take_place(root: Unit, old: Unit, new: Unit) -> None:
    parent = parent_of(root, old)
    adopt(new, parent)
    new.path, new.anchor, new.source_url = old.path, old.anchor, old.source_url
    for child in new.children:
        adopt(child, new)
    parent.content[index_in(parent, old)] = new


def _replace_inside(unit: Unit, amendment: Amendment, origin: int) -> str:
    """New words without the unit's own label: its subdivisions under its old heading, or words after its label."""
    below = {ProvisionKind.ARTICLE: ProvisionKind.CLAUSE, ProvisionKind.CLAUSE: ProvisionKind.POINT}.get(unit.kind)
    fresh = read_units(amendment.new, below, origin) if below else Fresh([amendment.new])
    if LABEL.match(amendment.new) and not fresh.units:
        return "amendment_text_for_other_unit"
    heading = heading_words(unit, keep_lead=bool(fresh.units) and not fresh.lead())
    first = fresh.lead()
    between = "\n" if unit.kind is ProvisionKind.ARTICLE else " "
    content: list[Words | Unit] = [*heading]
    if first:
        content.append(Words(f"{between}{first}" if heading else first, origin))
    for each in fresh.units:
        content.extend([Words("\n", origin), adopt(each, unit)])
    unit.content = content
    return APPLIED


def _replace_words_of(unit: Unit, amendment: Amendment, origin: int) -> str:
    """A new title, or new words before the first subdivision."""
    new = amendment.new.strip()
    before = headings_below(unit)
    rest: list[Words | Unit] = []
    if amendment.place.part is Part.HEADING:
        if unit.kind is not ProvisionKind.ARTICLE:
            return "amendment_part_without_address"
        line = new.partition("\n")[0]
        title = LABEL.sub("", line)
        lead = heading_words(unit, keep_lead=False)
        rest = words_after(unit, sum(len(words.text) for words in lead))
        unit.heading = title.rstrip(" .")
        unit.content = [Words(f"Điều {unit.label}. {title}", origin), *rest]
        rename_heading(unit, before)
        return APPLIED
    if not unit.children:
        return "amendment_part_without_address"
    heading = heading_words(unit, keep_lead=False)
    first = next(place for place, each in enumerate(unit.content) if isinstance(each, Unit))
    between = "\n" if unit.kind is ProvisionKind.ARTICLE else " "
    words = LABEL.sub("", new) if LABEL.match(new) else new
    unit.content = [*heading, Words(f"{between}{words}\n", origin), *unit.content[first:]]
    return APPLIED


# --- units that are new, and units that end


def _insert(root: Unit, amendment: Amendment, origin: int) -> str:
    place = amendment.place
    kind = _kind_of(place)
    label = place.point or place.clause or place.article
    if not label:
        return "amendment_part_without_address"
    fresh = next((each for each in read_units(amendment.new, kind, origin).units if each.label == label), None)
    if fresh is None:
        return "amendment_text_for_other_unit"
    existing = find_units(root, place)
    if existing and not existing[0].ended:
        same = "".join(existing[0].text().split()) == "".join(fresh.text().split())
        return "amendment_already_in_text" if same else "amendment_unit_exists"
    if existing:
        _take_place(root, existing[0], fresh)
        return APPLIED
    holder = _holder(root, place, kind)
    if holder is None:
        return "amendment_place_not_held"
    _put_in(holder, fresh, origin)
    return APPLIED


def _holder(root: Unit, place: Place, kind: ProvisionKind) -> Unit | None:
    """The unit that gets a new part: for an article, the one that holds the article before it."""
    if kind is ProvisionKind.ARTICLE:
        articles = find_units(root, Place(scope=place.scope), every_article=True)
        before = [unit for unit in articles if _order(unit.label) < _order(place.article)]
        return parent_of(root, max(before, key=lambda unit: _order(unit.label))) if before else None
    above = Place(
        place.article, place.clause if kind is ProvisionKind.POINT else "", scope=place.scope, group=place.group
    )
    found = find_units(root, above)
    return found[0] if len(found) == 1 and not found[0].ended else None


def _put_in(holder: Unit, fresh: Unit, origin: int) -> None:
    """After the last sibling with a smaller label; the first of its kind stands after the words before it."""
    adopt(fresh, holder)
    siblings = [unit for unit in holder.children if unit.kind is fresh.kind]
    before = [unit for unit in siblings if _order(unit.label) < _order(fresh.label)]
    if before:
        at = index_in(holder, before[-1]) + 1
        holder.content[at:at] = [Words("\n", origin), fresh]
    elif siblings:
        at = index_in(holder, siblings[0])
        holder.content[at:at] = [fresh, Words("\n", origin)]
    else:
        holder.content.extend([Words("\n", origin), fresh])


def _end(unit: Unit, amendment: Amendment, origin: int) -> str:
    """The address stays with a word in place of its text, as consolidated texts have it."""
    match = LABEL.match(unit.text()) if unit.anchor else None
    label = match[0].strip() if match else unit.name
    word = REPEALED if amendment.kind is OperationKind.REPEAL else SUSPENDED
    unit.content = [Words(f"{label} {word}".strip(), origin)]
    unit.ended = True
    if unit.kind is ProvisionKind.ARTICLE:
        unit.heading = word
    return APPLIED


def _order(label: str) -> tuple[int, str]:
    digits = re.match(r"\d+", label)
    key = label.replace("đ", "d~")
    return (int(digits[0]), key[digits.end() :]) if digits else (0, key)
