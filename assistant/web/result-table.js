// A result as a table: numbers in Vietnamese form and right-aligned, codes and years as they are.

import { dayText, element } from "./elements.js";

const NUMBER = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
const NOT_A_QUANTITY = /(^|[\s_])(năm|nam|year|mã|ma|code|id|stt)([\s_]|$)/i;

export function resultTable(columns, rows) {
  const numeric = columns.map((_, at) => rows.some((row) => typeof row[at] === "number") && rows.every((row) => row[at] === null || typeof row[at] === "number"));
  const head = columns.map((name, at) => element("th", { scope: "col", class: numeric[at] ? "number" : null }, name));
  const body = rows.map((row) => element("tr", {}, ...row.map((value, at) => cell(value, columns[at], at === 0 && !numeric[0], numeric[at]))));
  return element(
    "div",
    { class: "table", role: "region", tabindex: "0", "aria-label": `Bảng kết quả, ${rows.length} dòng` },
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)),
  );
}

function cell(value, column, isRowName, isNumber) {
  const attributes = isRowName ? { scope: "row" } : { class: isNumber ? "number" : null };
  if (value === null) return element("td", { ...attributes, class: "none" }, element("span", { "aria-label": "không có số liệu" }, "–"));
  return element(isRowName ? "th" : "td", attributes, cellText(value, column));
}

function cellText(value, column) {
  if (typeof value === "number") return NOT_A_QUANTITY.test(column) ? String(value) : NUMBER.format(value);
  if (typeof value === "boolean") return value ? "Có" : "Không";
  return dayText(String(value));
}
