// <troly-chat>: asks the assistant and shows verified answers. Shadow DOM, no outside address, no inline code.

import { answerView } from "./answer-view.js";
import { element } from "./elements.js";
import { Problem, askTurn, beginConversation, readConversation } from "./event-stream.js";

const SAMPLES = [
  ["Quy định", "Học bạ số phải được ký số trong thời hạn bao lâu?"],
  ["Báo cáo", "Đến 05/7/2024 có bao nhiêu Sở gửi báo cáo học bạ số?"],
  ["Số liệu", "Tổng số học sinh tiểu học năm học 2023-2024"],
  ["Số liệu", "5 tỉnh có nhiều học sinh trung học phổ thông nhất"],
];
const STORAGE_KEY = "troly-conversation";
const STOPPED = "Đã dừng theo yêu cầu.";
const INTERRUPTED = "Câu hỏi này bị dừng giữa chừng, chưa có câu trả lời.";

const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL("./troly-chat.css", import.meta.url))).text());

class TrolyChat extends HTMLElement {
  #conversation = null;
  #running = null;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.#build();
    this.#restore();
  }

  #build() {
    this.status = element("p", { class: "hidden", role: "status" });
    this.welcome = welcome((question) => this.ask(question));
    this.turns = element("div", { class: "turns" });
    this.log = element("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "Cuộc trò chuyện", tabindex: "0" }, this.welcome, this.turns);
    this.input = element("textarea", { id: "question", rows: "1", placeholder: "Nhập câu hỏi của bạn…", enterkeyhint: "send", autocomplete: "off", oninput: () => this.#fit(), onkeydown: (event) => this.#onKey(event) });
    this.button = element("button", { type: "submit", class: "send" }, "Gửi");
    this.fresh = element("button", { type: "button", class: "link", hidden: true, onclick: () => this.#startOver() }, "Cuộc trò chuyện mới");
    const form = element(
      "form",
      { onsubmit: (event) => this.#onSubmit(event) },
      element("div", { class: "field" }, element("label", { for: "question", class: "hidden" }, "Câu hỏi"), this.input, this.button),
      element("p", { class: "notice" }, "Bạn đang trao đổi với hệ thống AI. Hãy kiểm tra nguồn trước khi sử dụng. ", this.fresh),
    );
    this.shadowRoot.append(this.log, form, this.status);
  }

  /** Ask a question as if it had been typed. */
  async ask(question) {
    const text = question.trim();
    if (!text || this.#running) return;
    const turn = this.#addTurn(text);
    this.#setRunning(new AbortController());
    try {
      this.#conversation ??= await this.#begin();
      const onProgress = (progress) => turn.waiting(progress);
      const answer = await askTurn(this.#conversation, text, onProgress, this.#running.signal);
      turn.finish(answerView(answer, (choice) => this.ask(choice)));
      this.status.textContent = `Đã có câu trả lời: ${answer.text.slice(0, 200)}`;
    } catch (error) {
      this.#fail(turn, error, text);
    } finally {
      this.#setRunning(null);
    }
  }

  #fail(turn, error, text) {
    const stopped = error.name === "AbortError";
    if (!stopped && !(error instanceof Problem)) throw error;
    if (error.code === "conversation_not_found") this.#forget();
    const detail = stopped ? STOPPED : error.message;
    turn.finish(failure(detail, stopped ? "note" : "bad", () => this.ask(text)));
    this.status.textContent = detail;
  }

  async #begin() {
    const id = await beginConversation();
    sessionStorage.setItem(STORAGE_KEY, id);
    return id;
  }

  async #restore() {
    const id = sessionStorage.getItem(STORAGE_KEY);
    if (!id) return;
    try {
      const { turns } = await readConversation(id);
      this.#conversation = id;
      for (const { question, answer } of turns) {
        const again = () => this.ask(question);
        this.#addTurn(question, false).finish(answer ? answerView(answer, (choice) => this.ask(choice)) : failure(INTERRUPTED, "note", again));
      }
      this.log.scrollTop = this.log.scrollHeight;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#forget();
    }
  }

  #addTurn(question, scroll = true) {
    this.welcome.hidden = true;
    this.fresh.hidden = false;
    const turn = new TurnView(question);
    this.turns.append(turn.root);
    if (scroll) turn.root.scrollIntoView({ block: "start" });
    return turn;
  }

  #forget() {
    this.#conversation = null;
    sessionStorage.removeItem(STORAGE_KEY);
  }

  #startOver() {
    this.#running?.abort();
    this.#forget();
    this.turns.replaceChildren();
    this.welcome.hidden = false;
    this.fresh.hidden = true;
    this.input.focus();
  }

  #setRunning(controller) {
    this.#running = controller;
    this.button.textContent = controller ? "Dừng" : "Gửi";
    this.button.classList.toggle("stop", Boolean(controller));
    this.log.setAttribute("aria-busy", String(Boolean(controller)));
  }

  #onSubmit(event) {
    event.preventDefault();
    if (this.#running) return this.#running.abort();
    const text = this.input.value;
    if (!text.trim()) return this.input.focus();
    this.input.value = "";
    this.#fit();
    return this.ask(text);
  }

  #onKey(event) {
    // Enter while an input method composes a Vietnamese letter only ends the letter.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!this.#running) this.input.form.requestSubmit();
    }
    if (event.key === "Escape") this.#running?.abort();
  }

  #fit() {
    this.input.rows = Math.min(6, this.input.value.split("\n").reduce((rows, line) => rows + 1 + Math.floor(line.length / 70), 0));
  }
}

class TurnView {
  constructor(question) {
    this.progress = element("span", {}, "Đang gửi câu hỏi");
    this.body = element("div", { class: "body" }, element("p", { class: "waiting" }, element("span", { class: "dots", "aria-hidden": "true" }), this.progress));
    this.root = element("article", { class: "turn" }, element("h2", {}, element("span", { class: "hidden" }, "Câu hỏi: "), question), this.body);
  }

  waiting(text) {
    this.progress.textContent = text;
  }

  finish(view) {
    this.body.replaceChildren(view);
  }
}

function welcome(ask) {
  const cards = SAMPLES.map(([kind, question]) =>
    element("li", {}, element("button", { type: "button", onclick: () => ask(question) }, element("span", { class: "kind" }, kind), question)),
  );
  return element(
    "section",
    { class: "welcome" },
    element("h2", {}, "Bạn cần tra cứu nội dung gì?"),
    element("p", {}, "Câu trả lời về quy định kèm trích dẫn nguyên văn từ văn bản; câu trả lời về số liệu kèm bảng và cách tính."),
    element("ul", { "aria-label": "Câu hỏi mẫu" }, ...cards),
  );
}

function failure(detail, kind, again) {
  const retry = element("button", { type: "button", onclick: again }, "Hỏi lại");
  return element("div", { class: `failure ${kind}` }, element("p", {}, detail), retry);
}

customElements.define("troly-chat", TrolyChat);
