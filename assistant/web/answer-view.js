// Turns an answer's JSON into elements: text, sources, table, interpretation, notices, choices.

import { dayText, documentAddress, element } from "./elements.js";
import { resultTable } from "./result-table.js";

const STATUS_WORDS = {
  partial: ["note", "Trả lời được một phần"],
  clarification: ["note", "Cần làm rõ"],
  unanswerable_no_evidence: ["note", "Chưa đủ căn cứ"],
  unanswerable_no_metric: ["note", "Chưa có chỉ tiêu này"],
  unanswerable_out_of_scope: ["note", "Ngoài phạm vi"],
  refused_unsafe: ["bad", "Không thực hiện"],
  refused_not_permitted: ["bad", "Không có quyền"],
};
const SHOWN_SOURCES = 3;
const LONG_QUOTE = 420;

/** The whole answer; `ask(question)` is called when a choice is pressed. */
export function answerView(answer, ask) {
  const cards = answer.citations.map((citation, at) => sourceCard(citation, at + 1, answer.text));
  const status = STATUS_WORDS[answer.status] ?? (answer.status.startsWith("failed") ? ["bad", "Có lỗi"] : null);
  return element(
    "div",
    { class: "answer", "data-status": answer.status },
    status && element("p", { class: `badge ${status[0]}` }, status[1]),
    ...paragraphs(answer.text, cards),
    choices(answer.choices, ask),
    answer.comparison.length > 0 && comparison(answer),
    answer.columns.length > 0 && resultTable(answer.columns, answer.rows),
    notUnderstood(answer.not_understood),
    interpretation(answer.interpretation),
    notices(answer.notices),
    sources(cards),
    footer(answer),
  );
}

function paragraphs(text, cards) {
  const lines = text.split(/\n+/).filter((line) => line.trim());
  return lines.map((line) => element("p", { class: "text" }, ...line.split(/\s*(\[\d{1,2}\])/).map((part) => reference(part, cards))));
}

/** "[2]" becomes a button that leads to the second source; any other text stays text. */
function reference(part, cards) {
  const number = /^\[(\d{1,2})\]$/.exec(part)?.[1];
  const card = cards[number - 1];
  if (!card) return part;
  const show = () => {
    if (card.closest("details")) card.closest("details").open = true;
    card.focus();
  };
  return element("button", { type: "button", class: "reference", "aria-label": `Xem căn cứ ${number}`, onclick: show }, number);
}

/** Both wordings of each place beside one another. */
function comparison(answer) {
  const quotes = new Map(answer.citations.map((citation) => [citation.provision_id, citation.quote]));
  const cell = (id) => element("td", {}, quotes.get(id) ?? "–");
  const head = ["Nội dung", "Trước", "Sau"].map((name) => element("th", { scope: "col" }, name));
  const rows = answer.comparison.map((each) =>
    element("tr", {}, element("th", { scope: "row" }, each.place || "Nội dung"), cell(each.before), cell(each.after)),
  );
  return element(
    "div",
    { class: "table comparison", role: "region", "aria-label": "Đối chiếu hai quy định", tabindex: "0" },
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows)),
  );
}

function choices(offered, ask) {
  if (!offered.length) return null;
  const buttons = offered.map((choice) => element("button", { type: "button", onclick: () => ask(choice) }, choice));
  return element("div", { class: "choices", role: "group", "aria-label": "Các lựa chọn" }, ...buttons);
}

function interpretation(parts) {
  if (!parts.length) return null;
  const chips = parts.map((part) => element("li", { class: "chip" }, part));
  return element("div", { class: "reading" }, element("h3", {}, "Cách hiểu câu hỏi"), element("ul", {}, ...chips));
}

function notUnderstood(words) {
  if (!words.length) return null;
  const quoted = words.map((word) => `“${word}”`).join(", ");
  return element("p", { class: "warning", role: "note" }, `Chưa hiểu và chưa dùng đến: ${quoted}.`);
}

function notices(texts) {
  if (!texts.length) return null;
  return element("ul", { class: "notices" }, ...texts.map((text) => element("li", {}, text)));
}

function sources(cards) {
  if (!cards.length) return null;
  const more = cards.slice(SHOWN_SOURCES);
  return element(
    "section",
    { class: "sources", "aria-label": "Căn cứ" },
    element("h3", {}, "Căn cứ"),
    element("ol", {}, ...cards.slice(0, SHOWN_SOURCES)),
    more.length > 0 &&
      element("details", {}, element("summary", {}, `Xem thêm ${more.length} căn cứ`), element("ol", {}, ...more)),
  );
}

function sourceCard(citation, number, answerText) {
  const address = documentAddress(citation.url);
  const numbered = citation.document_number && [citation.kind, "số", citation.document_number].filter(Boolean).join(" ");
  const name = [citation.path, numbered].filter(Boolean).join(" ") || citation.title;
  return element(
    "li",
    { class: "source", tabindex: "-1" },
    element("p", { class: "source-name" }, element("span", { class: "reference", "aria-hidden": "true" }, number), element("span", {}, name)),
    citation.title && element("p", { class: "source-title" }, citation.title),
    element("p", { class: "badges" }, ...badges(citation)),
    // A quote that already stands in the answer above is not read twice.
    answerText.includes(citation.quote) ? element("details", {}, element("summary", {}, "Đoạn trích"), quote(citation.quote)) : quote(citation.quote),
    address &&
      element(
        "a",
        { href: address, target: "_blank", rel: "noopener", "aria-label": `Xem ${name} trong văn bản (mở thẻ mới)` },
        "Xem trong văn bản",
      ),
  );
}

function badges(citation) {
  const badge = (kind, text) => element("span", { class: `badge ${kind}` }, text);
  const validity = [];
  if (citation.in_force === false && citation.effective_to) validity.push(badge("bad", `Hết hiệu lực sau ${dayText(citation.effective_to)}`));
  else if (citation.in_force === false) validity.push(badge("bad", "Không có hiệu lực tại ngày hỏi"));
  if (citation.effective_from) validity.push(badge(citation.in_force ? "good" : "plain", `Hiệu lực từ ${dayText(citation.effective_from)}`));
  return [
    ...validity,
    citation.is_sample && badge("note", "Văn bản mẫu"),
    citation.verified ? badge("good", "✓ Đúng nguyên văn") : badge("bad", "Chưa đối chiếu"),
  ].filter(Boolean);
}

function quote(text) {
  const block = element("blockquote", {}, text);
  if (text.length <= LONG_QUOTE) return block;
  block.classList.add("folded");
  const button = element("button", { type: "button", class: "link", "aria-expanded": "false" }, "Xem hết đoạn trích");
  button.addEventListener("click", () => {
    const folded = block.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = folded ? "Xem hết đoạn trích" : "Thu gọn";
  });
  return element("div", {}, block, button);
}

function footer(answer) {
  const steps = answer.trace.map((step) =>
    element("li", {}, `${step.name} · ${Math.round(step.milliseconds)} ms${step.note ? ` · ${step.note}` : ""}`),
  );
  return element(
    "footer",
    {},
    element("p", {}, `Áp dụng tại ngày ${dayText(answer.as_of)}`),
    answer.sql && element("details", {}, element("summary", {}, "Câu lệnh SQL"), element("pre", { tabindex: "0" }, element("code", {}, answer.sql))),
    steps.length > 0 && element("details", {}, element("summary", {}, "Các bước xử lý"), element("ol", {}, ...steps)),
  );
}
