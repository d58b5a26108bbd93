// A report: choosing a cell, a finding or a number of the text shows what is known of it beside the page.
function openReport(article, main) {
  const all = (selector, within = article) => [...within.querySelectorAll(selector)];
  const get = (selector, within = article) => within.querySelector(selector);
  const block = get("script.data");
  const data = block ? JSON.parse(block.textContent) : null;
  const at = (number) => get("#c" + number);
  // A table that was not found has no cells.
  const numbers = (element) => (element.dataset.c || "").split(" ").filter((one) => one && at(one)).map(Number);
  const two = (words) => say(words[0], words[1]);
  const panel = make("aside", { id: "panel", tabindex: "-1", "aria-live": "polite" });
  main.append(panel);
  let chosen = null;

  // A term is the number of a cell, or a coefficient with it; -1 is no cell.
  const spelled = (terms) => terms.map((one) => (Array.isArray(one) ? one : ["1", one]));
  const places = [];
  if (data) {
    for (const form of data.tables) for (const [id, label, ...columns] of form.rows) for (const column of columns) places.push([form, [id, label], form.columns[column]]);
    data.equations.forEach((one) => { one[3] = spelled(one[3]); one[4] = spelled(one[4]); });
  }
  const label = ([id, text]) => say("「" + text + "」", "“" + text + "” (" + id + ")");
  const name = (number) => {
    const [form, row, column] = places[number];
    if (!row[1]) row[1] = all("th", at(number).parentElement).pop().textContent;
    return two(form.name) + say("", ", ") + label(row) + say("", ", ") + label(column);
  };
  // The number alone, as it stands in its cell.
  const value = (number) => {
    const cell = at(number);
    const shown = cell && (cell.querySelector(".v") || cell);
    return shown ? shown.innerText.trim() || "?" : "?";
  };

  function term([coefficient, number], first, here) {
    const sign = coefficient.startsWith("-") ? " − " : first ? "" : " + ";
    const times = coefficient.replace("-", "");
    if (number < 0) return [sign + times];
    const told = name(number) + say("：", ": ") + value(number);
    const button = make("button", {
      type: "button", class: "term" + (number === here ? " here" : ""), title: told, "aria-label": told,
      onclick: () => choose(at(number), true),
    }, value(number));
    return [sign + (times === "1" ? "" : times + " × "), button];
  }

  // Zeros of a long sum are counted, not listed.
  function side(terms, here) {
    const kept = terms.filter(([, number]) => terms.length < 9 || number === here || value(number) !== "0");
    const parts = kept.flatMap((one, index) => term(one, index === 0, here));
    const zeros = terms.length - kept.length;
    if (zeros) parts.push(say((kept.length ? "（另 " : "（") + zeros + " 格是 0）", " (" + zeros + " zeros)"));
    return parts.length ? parts : ["0"];
  }

  function equation([rule, state, sign, left, right, leftSum, rightSum], here) {
    const [code, zh, en] = data.rules[rule];
    const untrue = { "=": "≠", "≤": ">", "≥": "<", "<": "≥", ">": "≤", "≠": "=" };
    const words = {
      holds: say("成立", "holds"), violated: say("不成立", "does not hold"), undetermined: say("缺数，没能核对", "could not be checked"),
    };
    const line = make("p", { class: "sum" });
    if (!sign) line.append(...left.flatMap((one, index) => [index ? say("、", ", ") : "", ...term(["1", one[1]], true, here)]));
    else line.append(...side(left, here), " " + (state === "violated" ? untrue[sign] : sign) + " ", ...side(right, here));
    const sums = state === "violated" && leftSum !== null && sign ? say("：", ": ") + leftSum + " " + untrue[sign] + " " + rightSum : "";
    return make("li", { "data-state": state },
      make("span", {}, say(zh, en) + " "), make("code", {}, code), line,
      make("span", { class: state === "violated" ? "broken" : "" }, (state === "violated" ? "✗ " : state === "holds" ? "✓ " : "? ") + words[state] + sums));
  }

  const listed = (title, items) => (items.length ? [make("h3", {}, title), make("ul", {}, ...items)] : []);

  function quoted(button) {
    const around = button.closest("p, td, h3");
    const walker = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    let text = "", from = -1, to = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      // The number of a finding is no part of the text.
      if (node.parentElement.closest(".ref")) continue;
      if (button.contains(node) && from < 0) from = text.length;
      text += node.data;
      if (button.contains(node)) to = text.length;
    }
    const start = Math.max(0, from - 24), end = to + 24;
    const piece = (start ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "");
    return make("li", {},
      make("q", { lang: "zh-CN" }, piece), " ",
      make("button", { type: "button", class: "term", onclick: () => choose(button, true) }, two(data.statuses[button.dataset.s])));
  }

  function law(rules) {
    const seen = new Map();
    for (const rule of rules) for (const one of data.rules[rule][3]) seen.set(one[1], one);
    return listed(say("依据", "Law"), [...seen.values()].map((one) =>
      make("li", {}, say(one[1], one[2] || one[1]), one[0] ? make("q", { lang: "zh-CN" }, one[0]) : "")));
  }

  function about(number) {
    const cell = at(number);
    const equations = data.equations.filter(([, , , left, right]) => [...left, ...right].some(([, other]) => other === number));
    equations.sort((a, b) => (b[1] === "violated") - (a[1] === "violated"));
    const said = stated.filter((one) => numbers(one).includes(number));
    const should = cell.querySelector(".should");
    const last = [];
    if (data.previous) {
      const year = data.previous.year;
      const before = data.previous.numbers[number], carried = data.previous.carried[number];
      if (carried !== undefined) last.push(say(year + " 年结转下年度：", "carried out in " + year + ": ") + carried);
      if (before) last.push(say(year + " 年同一格：", "the same cell in " + year + ": ") + before);
    }
    return [
      make("p", { class: "big" }, value(number), should ? make("span", { class: "broken" }, " → " + should.innerText) : ""),
      ...listed(say("要满足的等式", "Its equations"), equations.map((one) => equation(one, number))),
      ...listed(say("正文的说法", "What the text says"), said.map(quoted)),
      ...listed(say("上一年的数", "Last year"), last.map((text) => make("li", {}, text))),
      ...law(new Set(equations.map(([rule]) => rule))),
    ];
  }

  function ofText(button) {
    const status = data.statuses[button.dataset.s];
    const expected = button.dataset.e;
    const found = numbers(button);
    const parts = [make("p", { class: "big" }, button.innerText), make("p", { class: button.dataset.s === "contradicts" ? "broken" : "" }, two(status))];
    if (found.length) {
      parts.push(...listed(say("表里的数", "In the tables"), found.map((number) => make("li", {}, ...term(["1", number], true, -1), " ", name(number)))));
      if (expected !== undefined && found.length > 1) parts.push(make("p", {}, say("合计 ", "together ") + expected));
    } else {
      parts.push(make("p", {}, say("没有和表里的数比较。", "It is not compared with a number of the tables.")));
    }
    return found.length === 1 ? [...parts, ...about(found[0]).slice(1)] : parts;
  }

  function show(element) {
    const found = element.closest(".found > li");
    const close = make("button", { type: "button", class: "close", "aria-label": say("关闭", "close"), onclick: dismiss }, "✕");
    let title, parts;
    if (element.matches("td")) {
      const number = Number(element.id.slice(1));
      [title, parts] = [name(number), about(number)];
    } else if (element.matches(".n")) {
      [title, parts] = [say("正文里的数", "A number of the text"), ofText(element)];
    } else {
      const [first] = numbers(found);
      const message = found.querySelector(".msg").innerText;
      title = first === undefined ? say("问题 ", "Finding ") + found.id.slice(1) : name(first);
      const code = found.querySelector("code").textContent;
      const basis = all(".found > li").filter((one) => one.querySelector("code").textContent === code)[0].querySelector("details");
      parts = [make("p", {}, message), ...(first === undefined ? [] : about(first))];
      if (basis && first === undefined) parts.push(...[...basis.children].slice(1).map((child) => child.cloneNode(true)));
      const mark = article.querySelector("#m" + found.id.slice(1));
      if (mark) parts.push(make("p", {}, make("a", { href: "#" + mark.id }, say("看正文里的地方", "see it in the text"))));
    }
    panel.replaceChildren(close, make("h2", {}, title), ...parts);
    panel.hidden = false;
  }

  function choose(element, moves) {
    if (!data) return;
    for (const old of all(".on, .uses")) old.classList.remove("on", "uses");
    for (const old of all("[aria-selected]")) old.setAttribute("aria-selected", "false");
    chosen = element;
    const item = element.closest(".found > li");
    const used = item ? numbers(item) : element.matches("td") ? [] : numbers(element);
    used.forEach((number) => at(number).classList.add("uses"));
    if (element.matches("td")) { rove(element); element.setAttribute("aria-selected", "true"); }
    else (item || element).classList.add("on");
    show(element);
    if (moves) { element.focus(); element.scrollIntoView({ block: "center", inline: "nearest" }); }
  }

  function dismiss() {
    panel.hidden = true;
    if (chosen) (chosen.matches("[tabindex], button") ? chosen : chosen.querySelector("button")).focus();
  }

  // One cell of a table is reached by Tab, the others by the arrows.
  function rove(cell) {
    const table = cell.closest("table");
    for (const other of all("td[tabindex='0']", table)) other.tabIndex = -1;
    cell.tabIndex = 0;
  }

  // To the side the cell before or after; up and down the one as far from the right edge, where rows end alike.
  function neighbour(cell, key) {
    const row = cell.parentElement, own = all("td[id]", cell.closest("table"));
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step) return own[own.indexOf(cell) + step];
    const rows = [...new Set(own.map((one) => one.parentElement))];
    const next = rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)];
    const among = next ? all("td[id]", next) : [];
    return among[Math.max(0, among.length - (row.cells.length - cell.cellIndex))];
  }

  // A real button would not break and wrap as text does.
  const stated = data ? all(".n[data-s]") : [];
  for (const one of stated) {
    const attributes = { role: "button", tabindex: "0", "aria-describedby": "s-" + one.classList[1] };
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  }
  if (data) {
    for (const table of all("table.form")) {
      table.setAttribute("role", "grid");
      const own = all("td[id]", table);
      own.forEach((cell) => { cell.tabIndex = -1; cell.setAttribute("aria-selected", "false"); });
      (own.find((cell) => cell.matches(".lit")) || own[0]).tabIndex = 0;
    }
  }
  article.addEventListener("click", (event) => {
    const element = event.target.closest("td[id^=c], .pick, .n[data-s]");
    const link = event.target.closest("a[href^='#c']");
    if (link && data) { event.preventDefault(); choose(at(link.hash.slice(2)), true); }
    else if (element && !event.target.closest("a")) choose(element, false);
  });
  article.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("td[id^=c], .n[data-s]")) return;
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(cell, false); }
    if (!event.key.startsWith("Arrow") || !cell.matches("td")) return;
    event.preventDefault();
    const next = neighbour(cell, event.key);
    if (next) { rove(next); next.focus(); }
  });
  main.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) dismiss(); });
  const basis = all(".found details");
  let folded = [];
  window.addEventListener("beforeprint", () => { folded = basis.filter((one) => !one.open); folded.forEach((one) => { one.open = true; }); });
  window.addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));

  const first = get(".pick");
  const wide = window.matchMedia("(min-width: 60rem)").matches;
  if (data && first && wide) choose(first, false);
  else if (data) panel.append(make("p", {}, say("点表里的一格、一个问题或正文里的数，这里写出它的等式和依据。", "Choose a cell, a finding or a number of the text: its equations and the law are told here.")));
  panel.hidden = !data || !wide;
  return { refresh: () => { if (chosen && !panel.hidden) show(chosen); } };
}

if (document.querySelector("main > article.report")) {
  const main = document.getElementById("main");
  told.push(openReport(main.querySelector("article"), main).refresh);
}
