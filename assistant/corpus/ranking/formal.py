"""Articles that every document has and hardly any question is about: scope, effect, who carries it out.

They repeat the document's title, so that they share more words with a question than the provision that answers it.
"""

import re
from dataclasses import dataclass

from assistant.text import fold

_LONGEST = 1200
# Words of a question that ask for such an article, folded → how the article begins or what it says.
_FORMS = (
    (r"\b(?:pham vi|doi tuong|ap dung|dieu chinh)\b",
     r"^(?:điều \w+\. ?)?\s*(?:phạm vi|đối tượng)(?: và đối tượng)?(?: điều chỉnh| áp dụng)"),
    (r"\b(?:hieu luc|thay the|bai bo|con|het han|ap dung|tu ngay|van ban nao)\b",
     r"có hiệu lực (?:thi hành )?(?:kể )?(?:từ|sau)|hiệu lực thi hành|thay thế (?:thông tư|nghị định|quyết định|các)"),
    (r"\btrach nhiem thi hanh\b|\bto chuc thuc hien\b",
     r"(?s:(?:chánh văn phòng|thủ trưởng|vụ trưởng|cục trưởng|bộ trưởng,).{0,900}"
     r"(?:chịu trách nhiệm|thi hành|thực hiện (?:thông tư|nghị định|quyết định)))"),
    (r"\bban hanh kem\b", r"^(?:điều \w+\.? ?)?\s*(?:nay )?ban hành (?:kèm theo|theo)"),
)  # fmt: skip
_READ = tuple((re.compile(asks), re.compile(says)) for asks, says in _FORMS)


@dataclass(frozen=True, slots=True)
class FormalForms:
    """How such articles begin or what they say, without those that the question asks for."""

    says: tuple[re.Pattern[str], ...]

    def found_in(self, text: str) -> bool:
        """Whether the text of a chunk, in small letters, is such an article."""
        return len(text) <= _LONGEST and any(says.search(text) for says in self.says)


def forms_not_asked(question: str) -> FormalForms:
    """What is not looked for when `question` is asked."""
    asked = fold(question)
    return FormalForms(tuple(says for asks, says in _READ if not asks.search(asked)))
