// What the pages of the site do by themselves.
"use strict";

// Filters the table of rules: each select and the text field narrow it, and the address keeps what is chosen.
function filterRules() {
  const form = document.getElementById("rule-filter");
  if (!form) return;
  const rows = Array.from(document.querySelectorAll("#rule-table tbody tr"));
  const count = document.getElementById("rule-count");
  const fields = Array.from(form.elements).filter((field) => field.name);
  const holds = {
    words: (row, value) => value.toLowerCase().split(/\s+/).every((word) => row.dataset.words.includes(word)),
    domain: (row, value) => row.dataset.domain === value,
    severity: (row, value) => row.dataset.severity === value,
    profile: (row, value) => row.dataset.profiles.split(" ").includes(value),
    tool: (row, value) => row.dataset.tools.split(" ").includes(value),
  };

  function apply() {
    const chosen = fields.filter((field) => field.value.trim());
    let shown = 0;
    for (const row of rows) {
      row.hidden = !chosen.every((field) => holds[field.name](row, field.value.trim()));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} rules`;
    const query = new URLSearchParams(chosen.map((field) => [field.name, field.value.trim()])).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

// A table that is wider than the page is scrolled with the keyboard, too.
function reachTables() {
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", "Table");
  }
}

function begin() {
  filterRules();
  reachTables();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
