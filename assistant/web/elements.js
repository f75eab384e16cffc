// Builds elements. Data only ever becomes text: nothing here, or in what uses it, writes markup.

/** element("p", { class: "x" }, "text", child, …); a function under "onclick" and the like becomes a listener. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}

/** "2025-09-01" → "01/09/2025"; anything else unchanged. */
export function dayText(day) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "");
  return match ? `${match[3]}/${match[2]}/${match[1]}` : day;
}

/** Only pages of our own documents are linked to; the server builds these addresses. */
export function documentAddress(url) {
  return typeof url === "string" && /^\/van-ban\/[^/\\]+$/.test(url) ? url : null;
}
