"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const severities = ["error", "warning", "info"];
  const PAGE = 100;
  const PRINTED = 1000;
  const find = (id) => document.getElementById(id);
  const make = (name, text, style) => {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (style) node.className = style;
    return node;
  };
  const folder = (path) => {
    const end = path.lastIndexOf("/");
    return end < 0 ? "." : path.slice(0, end);
  };
  const findings = data.findings.map((one, order) => {
    const [severity, rule, file, owner, line, column, message, help, resource, excerpt, suppressed] = one;
    const path = data.files[file];
    const finding = {
      order, severity: severities[severity], rank: severity, rule: data.rules[rule], path, line, column, message,
      help, resource, excerpt, suppressed, folder: folder(path), owner: data.owners[owner] || "",
    };
    finding.words = [path, finding.rule.id, message, finding.owner, resource || ""].join("\n").toLowerCase();
    return finding;
  });
  const keys = {
    severity: (one) => one.severity,
    rule: (one) => one.rule.id,
    folder: (one) => one.folder,
    owner: (one) => one.owner,
  };
  const orders = {
    severity: (a, b) => a.rank - b.rank || a.order - b.order,
    place: (a, b) => a.order - b.order,
    rule: (a, b) => (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : a.order - b.order),
    message: (a, b) => (a.message < b.message ? -1 : a.message > b.message ? 1 : a.order - b.order),
    owner: (a, b) => (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : a.order - b.order),
  };
  const state = { sort: "severity", down: false, page: 0 };
  const selects = {};
  for (const key of Object.keys(keys)) {
    const select = find("by-" + key);
    if (!select) continue;
    selects[key] = select;
    const known = [...new Set(findings.map(keys[key]))];
    if (key === "severity") known.sort((a, b) => severities.indexOf(a) - severities.indexOf(b));
    else known.sort();
    for (const value of known) {
      const option = make("option", value === "" ? "nobody" : value);
      option.value = "=" + value;
      select.append(option);
    }
  }
  let shown = findings;

  const excerptOf = (finding) => {
    const [first, text, marked, start, end] = finding.excerpt;
    const pre = make("pre");
    pre.tabIndex = 0;
    pre.setAttribute("role", "region");
    pre.setAttribute("aria-label", "Lines around line " + finding.line);
    text.split("\n").forEach((line, index) => {
      const number = first + index;
      pre.append(make("span", String(number).padStart(5) + "  ", "number-of-line"));
      if (number === marked && end > start) {
        pre.append(line.slice(0, start), make("mark", line.slice(start, end)), line.slice(end));
      } else {
        pre.append(line);
      }
      pre.append("\n");
    });
    return pre;
  };

  const body = (finding) => {
    const parts = [];
    if (finding.resource) parts.push(make("p", finding.resource));
    if (finding.excerpt) parts.push(excerptOf(finding));
    const help = finding.help || finding.rule.help;
    if (help) parts.push(make("p", help));
    if (finding.suppressed) parts.push(make("p", "suppressed: " + finding.suppressed));
    return parts;
  };

  const row = (finding, isOpen) => {
    const tr = make("tr");
    tr.setAttribute("role", "row");
    const cell = (style, ...content) => {
      const td = make("td", undefined, style);
      td.setAttribute("role", "cell");
      td.append(...content);
      tr.append(td);
    };
    cell("severity " + finding.severity, finding.severity);
    cell("place", finding.path + ":" + finding.line + ":" + finding.column);
    const rule = make(finding.rule.url ? "a" : "span", finding.rule.id);
    if (finding.rule.url) {
      rule.href = finding.rule.url;
      rule.rel = "noreferrer";
    }
    cell("rule", rule);
    const details = make("details");
    details.append(make("summary", finding.message));
    const fill = () => {
      if (details.childElementCount === 1) details.append(...body(finding));
    };
    details.addEventListener("toggle", fill);
    if (isOpen) {
      fill();
      details.open = true;
    }
    cell("", details);
    if (selects.owner) cell("", finding.owner);
    return tr;
  };

  const draw = (isPrinted) => {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const from = isPrinted ? 0 : state.page * PAGE;
    const drawn = shown.slice(from, from + (isPrinted ? PRINTED : PAGE));
    find("rows").replaceChildren(...drawn.map((finding) => row(finding, isPrinted)));
    find("count").textContent = shown.length === 0
      ? "no findings"
      : (from + 1) + " to " + (from + drawn.length) + " of " + shown.length
        + (shown.length < findings.length ? " (" + findings.length + " in all)" : "");
    find("page").textContent = "page " + (state.page + 1) + " of " + pages;
    find("back").disabled = state.page === 0;
    find("next").disabled = state.page >= pages - 1;
    for (const button of document.querySelectorAll("th button")) {
      const is = button.dataset.sort === state.sort;
      button.parentElement.setAttribute("aria-sort", is ? (state.down ? "descending" : "ascending") : "none");
    }
    for (const button of document.querySelectorAll(".chart button")) {
      const select = selects[button.dataset.key];
      button.setAttribute("aria-pressed", String(Boolean(select) && select.value === "=" + button.dataset.value));
    }
  };

  const update = () => {
    const words = find("words").value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const chosen = Object.entries(selects).filter(([, select]) => select.value !== "");
    shown = findings.filter((one) =>
      chosen.every(([key, select]) => "=" + keys[key](one) === select.value)
      && words.every((word) => one.words.includes(word)));
    shown.sort(orders[state.sort]);
    if (state.down) shown.reverse();
    state.page = 0;
    draw(false);
  };

  let waiting = 0;
  find("words").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 120);
  });
  for (const select of Object.values(selects)) select.addEventListener("change", update);
  find("filter").addEventListener("submit", (event) => event.preventDefault());
  find("filter").addEventListener("reset", () => setTimeout(update));
  for (const button of document.querySelectorAll("th button")) {
    button.addEventListener("click", () => {
      state.down = state.sort === button.dataset.sort && !state.down;
      state.sort = button.dataset.sort;
      update();
    });
  }
  for (const button of document.querySelectorAll(".chart button")) {
    button.addEventListener("click", () => {
      const select = selects[button.dataset.key];
      if (!select) return;
      const value = "=" + button.dataset.value;
      select.value = select.value === value ? "" : value;
      update();
    });
  }
  const turn = (by) => {
    state.page += by;
    draw(false);
    find("findings-title").scrollIntoView();
  };
  find("back").addEventListener("click", () => turn(-1));
  find("next").addEventListener("click", () => turn(1));
  const dark = () => {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  find("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
  });
  addEventListener("beforeprint", () => draw(true));
  addEventListener("afterprint", () => draw(false));
  for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
  update();
})();
