"use strict";
// Sorting, filtering and searching in the files. Without it, everything is there all the same.
(() => {
  const query = new URLSearchParams(location.search);
  const keep = () => {
    const text = query.toString();
    try { history.replaceState(null, "", (text ? `?${text}` : location.pathname) + location.hash); } catch { /* a file that may not */ }
  };
  const text = (cell) => cell.textContent.trim();
  for (const table of document.querySelectorAll("table[data-main]")) {
    const body = table.tBodies[0], rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const sort = () => {
      const wanted = query.get("sort") || "", key = wanted.replace(/^-/, "");
      const place = heads.findIndex((head) => head.dataset.key === key);
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      if (place < 0) return;
      const back = wanted.startsWith("-") ? -1 : 1, number = heads[place].dataset.number === "1";
      heads[place].setAttribute("aria-sort", back < 0 ? "descending" : "ascending");
      const value = (row) => text(row.cells[place]);
      const order = (one, other) => {
        const a = value(one), b = value(other);
        if (a === "" || b === "") return (a === "") - (b === "");
        return back * (number ? Number(a) - Number(b) : a.localeCompare(b));
      };
      body.append(...[...rows].sort(order));
    };
    heads.forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text(head);
      button.addEventListener("click", () => {
        const key = head.dataset.key;
        query.set("sort", query.get("sort") === key ? `-${key}` : key);
        keep(); sort();
      });
      head.replaceChildren(button);
    });
    const form = document.querySelector("form.rows[hidden]"), count = document.getElementById("rows");
    const filter = () => {
      const wanted = (query.get("q") || "").toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      if (count) count.textContent = `${shown} / ${rows.length}`;
    };
    if (form) {
      const field = form.querySelector("input");
      form.hidden = false;
      field.value = query.get("q") || "";
      form.addEventListener("submit", (event) => event.preventDefault());
      field.addEventListener("input", () => {
        if (field.value) query.set("q", field.value); else query.delete("q");
        keep(); filter();
      });
      filter();
    }
    sort();
  }
  const index = document.getElementById("index");
  if (!index) return;
  const held = JSON.parse(index.textContent).map((one) => ({ ...one, all: `${one.name} ${one.id} ${one.text}`.toLowerCase() }));
  const field = document.getElementById("find"), list = document.getElementById("found"), state = document.getElementById("state");
  const find = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? held.filter((one) => words.every((word) => one.all.includes(word))) : [];
    list.replaceChildren(...found.slice(0, 200).map((one) => {
      const item = document.createElement("li"), link = document.createElement("a"), more = document.createElement("span");
      link.href = one.href; link.textContent = one.name; link.dir = "auto";
      more.className = "below"; more.dir = "auto"; more.textContent = `${one.kind} · ${one.id}${one.text ? ` · ${one.text}` : ""}`;
      item.append(link, more);
      return item;
    }));
    state.textContent = words.length ? `${found.length} ${state.dataset.found}${found.length > 200 ? ` ${state.dataset.most}` : ""}` : "";
  };
  document.getElementById("search").hidden = false;
  field.value = query.get("q") || "";
  field.form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", () => {
    if (field.value) query.set("q", field.value); else query.delete("q");
    keep(); find();
  });
  find();
})();
