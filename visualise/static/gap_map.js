"use strict";
(() => {
  const data = JSON.parse(document.getElementById("gap-data").textContent);
  const words = data.words;
  const byId = (id) => document.getElementById(id);
  const controls = byId("controls");
  const panel = byId("panel");
  const names = ["sort", "state", "word", "review", "group", "find"];
  const buttons = [...document.querySelectorAll("button.cell")];
  const twins = [...byId("gap-table").tBodies[0].rows];
  const bodies = [...document.querySelectorAll(".matrix tbody")].map((body) => ({
    body,
    rows: [...body.rows],
  }));
  let chosen = null;

  const element = (kind, text) => {
    const made = document.createElement(kind);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const number = (button) => Number(button.dataset.cell);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function show(button) {
    const twin = [...twins[number(button)].cells].map((cell) => cell.textContent);
    const cell = data.cells[number(button)];
    const title = element("h2", `${twin[1]} – ${twin[3]}`);
    const sign = button.querySelector(".sign").textContent;
    const entered = element("p", `${sign} ${twin[4]}: ${twin[5]}`);
    entered.id = "entered";
    const says = element("ul");
    says.id = "why";
    for (const mark of cell.marks) {
      const item = element("li");
      const shown = element("span", mark.sign);
      shown.className = `word ${mark.class}`;
      shown.setAttribute("aria-hidden", "true");
      item.append(shown, ` ${mark.told}: ${mark.text}`);
      if (mark.records.length) {
        const ids = element("span", ` ${mark.records.join("; ")}`);
        ids.className = "ids";
        item.append(ids);
      }
      says.append(item);
    }
    panel.replaceChildren(title, element("h3", words.entered), entered, element("h3", words.says),
      cell.marks.length ? says : element("p", words.silent));
    if (!cell.all) {
      panel.append(element("p", words.none));
      return;
    }
    if (cell.link) {
      const link = element("a", words.elsewhere);
      link.href = cell.link;
      panel.append(link);
    }
    if (!data.held) return;
    panel.append(element("h3", words.evidence));
    if (cell.pieces.length < cell.all) {
      panel.append(element("p", fill(words.shown, { n: cell.pieces.length, all: cell.all })));
    }
    const list = element("ul");
    list.id = "evidence";
    for (const at of cell.pieces) {
      const piece = data.pieces[at];
      const item = element("li");
      item.dataset.piece = piece.id;
      item.append(element("p", [`${piece.stance}: ${piece.about}`, piece.source, piece.where]
        .filter(Boolean).join(" · ")));
      if (piece.said) item.append(element("blockquote", piece.said));
      if (piece.statement) item.append(element("p", piece.statement));
      list.append(item);
    }
    panel.append(list);
  }

  function choose(button, write = true) {
    if (chosen) chosen.setAttribute("aria-pressed", "false");
    chosen = button;
    button.setAttribute("aria-pressed", "true");
    show(button);
    if (write) remember();
  }

  function rove(button) {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
  }

  function drawn(button) {
    return !button.classList.contains("other") && !button.closest("tr").hidden
      && !button.closest("section").hidden;
  }

  function remember() {
    const state = new URLSearchParams();
    for (const name of names) if (byId(name).value) state.set(name, byId(name).value);
    if (chosen) state.set("cell", chosen.dataset.key);
    try {
      history.replaceState(null, "", `#${state}`);
    } catch {
      location.hash = `${state}`; // where a file may not replace its own address
    }
  }

  const sorts = {
    "": () => 0,
    name: (one, other) => one.dataset.name.localeCompare(other.dataset.name),
    support: (one, other) => Number(other.dataset.support) - Number(one.dataset.support),
    sources: (one, other) => Number(other.dataset.sources) - Number(one.dataset.sources),
  };

  function apply() {
    const [sort, state, word, review, group, find] = names.map((name) => byId(name).value);
    const wanted = find.trim().toLowerCase();
    for (const section of document.querySelectorAll("section.review")) {
      section.hidden = Boolean(review) && section.dataset.review !== review;
    }
    for (const { body, rows } of bodies) {
      const ordered = [...rows].sort(sorts[sort] ?? sorts[""]);
      for (const row of rows) {
        const cells = [...row.querySelectorAll("button.cell")];
        for (const cell of cells) {
          const other = (state && !cell.classList.contains(state))
            || (word && !cell.classList.contains(`has-${word}`));
          cell.classList.toggle("other", Boolean(other));
        }
        row.hidden = !row.dataset.name.toLowerCase().includes(wanted)
          || cells.every((cell) => cell.classList.contains("other"));
      }
      if (!group) {
        body.replaceChildren(...ordered);
        continue;
      }
      const made = [];
      for (const kind of [...new Set(rows.map((row) => row.dataset.kind))]) {
        const of = ordered.filter((row) => row.dataset.kind === kind);
        const head = element("tr");
        const name = element("th", words[kind] ?? kind);
        name.colSpan = of[0].cells.length;
        name.scope = "colgroup";
        head.className = "group";
        head.hidden = of.every((row) => row.hidden);
        head.append(name);
        made.push(head, ...of);
      }
      body.replaceChildren(...made);
    }
    const shown = buttons.filter(drawn);
    for (const button of buttons) twins[number(button)].hidden = !drawn(button);
    byId("count").textContent = fill(words.all, { shown: shown.length, all: buttons.length });
    if (shown.length && !shown.some((button) => button.tabIndex === 0)) rove(shown[0]);
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const name of names) {
      const field = byId(name);
      field.value = state.get(name) ?? "";
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
    }
    const key = state.get("cell");
    // An earlier figure called a concept by its id alone.
    const called = (wanted) => buttons.find((one) => one.dataset.key === wanted);
    const button = key === null ? undefined : called(key) ?? called(`concept/${key}`);
    if (button) {
      rove(button);
      choose(button, false);
    }
    apply();
  }

  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  function move(event) {
    const step = steps[event.key];
    const button = event.target.closest("button.cell");
    if (!step || !button) return;
    event.preventDefault();
    let rows = [...document.querySelectorAll(".matrix tbody tr")]
      .map((row) => [...row.querySelectorAll("button.cell")])
      .filter((row) => row.some(drawn));
    let at = rows.findIndex((row) => row.includes(button));
    let on = rows[at].indexOf(button);
    do {
      at += step[0];
      on += step[1];
    } while (rows[at]?.[on] && !drawn(rows[at][on]));
    const next = rows[at]?.[on];
    if (next) next.focus();
  }

  controls.hidden = false;
  for (const button of buttons) {
    button.tabIndex = -1;
    button.addEventListener("focus", () => { rove(button); choose(button); });
    button.addEventListener("click", () => {
      rove(button);
      choose(button);
      panel.scrollIntoView({ block: "nearest" });
    });
  }
  if (buttons.length) buttons[0].tabIndex = 0;
  document.addEventListener("keydown", move);
  controls.addEventListener("submit", (event) => event.preventDefault());
  for (const name of names) {
    byId(name).addEventListener("input", () => { apply(); remember(); });
  }
  byId("reset").addEventListener("click", () => {
    for (const name of names) byId(name).value = "";
    apply();
    remember();
  });
  window.addEventListener("hashchange", recall);
  window.addEventListener("beforeprint", () => {
    document.querySelector("details.tables").open = true;
  });
  recall();
  window.gapMapReady = true;
})();
