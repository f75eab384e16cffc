// Talks to the service: plain JSON, and a turn's server-sent events over fetch (EventSource cannot POST).

export class Problem extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

const UNREACHABLE = "Không kết nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.";
const CUT_OFF = "Kết nối bị ngắt trước khi có câu trả lời. Hãy thử lại.";

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("unreachable", UNREACHABLE);
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Problem(problem.code ?? "failed", problem.detail ?? UNREACHABLE);
}

export async function beginConversation() {
  const response = await send("/v1/conversations", { method: "POST" });
  return (await response.json()).id;
}

export async function readConversation(id) {
  return (await send(`/v1/conversations/${encodeURIComponent(id)}`)).json();
}

/** Asks; calls `onProgress(text)` on the way and returns the answer, or throws a Problem. */
export async function askTurn(conversation, question, onProgress, signal) {
  const response = await send(`/v1/conversations/${encodeURIComponent(conversation)}/turns`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ question }),
    signal,
  });
  let turn;
  try {
    for await (const { event, data } of eventsOf(response.body)) {
      if (event === "started") turn = JSON.parse(data).turn_id;
      if (event === "progress") onProgress(JSON.parse(data).text);
      if (event === "answer") return JSON.parse(data);
      if (event === "error") {
        const { code, message } = JSON.parse(data);
        throw new Problem(code, message);
      }
    }
  } catch (error) {
    // A listener who only leaves may come back: who stops says so, and the work ends at once.
    if (error.name === "AbortError" && turn) await cancelTurn(turn);
    if (error instanceof Problem || error.name === "AbortError") throw error;
  }
  throw new Problem("cut_off", CUT_OFF);
}

async function cancelTurn(id) {
  await fetch(`/v1/turns/${encodeURIComponent(id)}/cancel`, { method: "POST", keepalive: true }).catch(() => null);
}

async function* eventsOf(body) {
  let event = "message";
  let data = [];
  for await (const line of linesOf(body)) {
    if (line === "") {
      if (data.length) yield { event, data: data.join("\n") };
      event = "message";
      data = [];
    } else if (!line.startsWith(":")) {
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") event = value;
      if (field === "data") data.push(value);
    }
  }
}

async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    // A "\r" at the very end may be half of "\r\n": it stays until the next piece tells.
    const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    yield* lines;
  }
}
