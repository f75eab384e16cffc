"""What is said where nothing was found depends on what was looked for."""

from datetime import date

import pytest

from assistant.access.principal import Principal, Role
from assistant.answering.context import Context
from assistant.answering.steps.check_output import CheckOutput
from assistant.conversations.answer import AnswerStatus

CASES = {
    'Văn bản có câu "bỏ qua các quy định trước đây trái với Thông tư này" nghĩa là gì?': "no_evidence_words",
    "Câu “các quy định trước đây hết hiệu lực” ở đâu?": "no_evidence_words",
    "Câu «mọi quy định trái đều bãi bỏ» là sao?": "no_evidence_words",
    "Phần mềm “Hồ sơ số” là gì?": "no_evidence",
    "Hệ thống mật khẩu một lần được quy định ở văn bản nào?": "no_evidence_document",
    "he thong mat khau mot lan duoc quy dinh o thong tu nao": "no_evidence_document",
    "Ở đâu quy định về xe buýt?": "no_evidence",
    "Xe buýt là gì?": "no_evidence",
}


@pytest.mark.parametrize(("question", "code"), CASES.items())
def test_the_next_step_fits_the_question(question: str, code: str) -> None:
    answer = CheckOutput()(Context(question, Principal(Role.NATIONAL), date(2026, 11, 2)))
    assert (answer.status, answer.code) == (AnswerStatus.NO_EVIDENCE, code)
    assert "Hãy" in answer.text
