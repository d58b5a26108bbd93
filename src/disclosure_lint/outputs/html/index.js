// Many reports: filters, order and search over what was found, one table at a time, a part of its rows at a time.
function openIndex(data) {
  const STEP = 100;
  const field = (id) => document.getElementById(id);
  const table = field("table"), form = field("controls"), query = field("query");
  const files = data.files.map(([agency, year, status, errors, warnings, infos, unchecked, found, path, href]) =>
    ({ agency, year, status, counts: [errors, warnings, infos], unchecked, found, path, href }));
  const cells = data.agencies.map(() => new Map());
  files.forEach((file) => {
    if (file.agency < 0) return;
    const row = cells[file.agency];
    if (!row.has(file.year)) row.set(file.year, []);
    row.get(file.year).push(file);
  });
  const names = [...data.agencies];
  const collator = new Intl.Collator("zh-CN");
  const byName = names.map((_, index) => index).sort((a, b) => collator.compare(names[a], names[b]));
  const place = [];
  byName.forEach((agency, index) => { place[agency] = index; });
  const haystack = files.map((file) => (file.path + " " + (names[file.agency] || "") + " " + (file.year || "")).toLowerCase());
  let limit = STEP;

  const fill = (id, options) => field(id).append(...options.map(([value, text]) => make("option", { value }, text)));
  fill("agency", byName.map((agency) => [agency, names[agency]]));
  fill("year", [...data.years].reverse().map((year) => [year, year]));
  const ruleOptions = data.rules.map(([code], rule) => make("option", { value: rule }));
  field("rule").append(...ruleOptions);
  const nameRules = () => ruleOptions.forEach((option, rule) => {
    const [code, zh, en] = data.rules[rule];
    option.textContent = code + " " + say(zh, en);
  });

  const STATES = () => ({
    clean: say("无误", "clean"), warnings: say("警告", "warnings"), errors: say("错误", "errors"), missing: say("缺", "missing"), doubled: say("重复", "doubled"),
  });
  const stateOf = (some) => some.length !== 1 ? (some.length ? "doubled" : "missing") : some[0].counts[0] ? "errors" : some[0].counts[1] ? "warnings" : "clean";
  const sum = (list) => list.reduce((total, one) => total + one, 0);
  const heat = (count) => (count ? "h" + (count < 2 ? 1 : count < 4 ? 2 : count < 8 ? 3 : 4) : "");

  // What is found in a file under the filters for rules and severities.
  function counted(file, wanted) {
    if (wanted.rule === "" && wanted.severity === "") return sum(file.counts);
    return sum(file.found.map(([rule, severity, count]) =>
      (wanted.rule === "" || rule === Number(wanted.rule)) && (wanted.severity === "" || severity === Number(wanted.severity)) ? count : 0));
  }

  function fits(file, wanted, index) {
    if (wanted.words.some((word) => !haystack[index].includes(word))) return false;
    if (wanted.agency !== "" && file.agency !== Number(wanted.agency)) return false;
    if (wanted.year !== "" && file.year !== Number(wanted.year)) return false;
    if ((wanted.rule !== "" || wanted.severity !== "") && !counted(file, wanted)) return false;
    if (wanted.state === "") return true;
    if (wanted.state === "unchecked") return file.unchecked > 0;
    if (wanted.state === "other") return file.agency < 0;
    return file.agency >= 0 && stateOf(cells[file.agency].get(file.year) || []) === wanted.state;
  }

  function asked() {
    const values = Object.fromEntries(["view", "state", "severity", "rule", "agency", "year", "order"].map((id) => [id, field(id).value]));
    return { ...values, words: query.value.toLowerCase().split(/\s+/).filter(Boolean) };
  }

  // Agencies with a fitting file, or for what is missing, those that lack a year.
  function rows(kept, wanted) {
    const found = new Map();
    kept.forEach((file) => {
      if (file.agency < 0) return;
      if (!found.has(file.agency)) found.set(file.agency, []);
      found.get(file.agency).push(file);
    });
    const years = wanted.year === "" ? data.years : [Number(wanted.year)];
    const mayLack = wanted.rule === "" && wanted.severity === "" && (wanted.state === "" || wanted.state === "missing");
    if (mayLack) names.forEach((name, agency) => {
      const fitting = wanted.words.every((word) => name.toLowerCase().includes(word)) && (wanted.agency === "" || Number(wanted.agency) === agency);
      if (fitting && !found.has(agency) && years.some((year) => !cells[agency].has(year))) found.set(agency, []);
    });
    const list = [...found].map(([agency, some]) => ({ agency, some, total: sum(some.map((file) => counted(file, wanted))), newest: Math.max(0, ...some.map((file) => file.year)) }));
    list.sort((a, b) => (wanted.order === "worst" ? b.total - a.total : wanted.order === "year" ? b.newest - a.newest : 0) || place[a.agency] - place[b.agency]);
    return [list, years];
  }

  const link = (file, text) => file.href ? make("a", { href: file.href, title: file.path }, text) : make("span", { title: file.path }, text);

  function yearCell(agency, year, kept, wanted) {
    const some = cells[agency].get(year) || [];
    const state = stateOf(some), words = STATES()[state];
    if (state === "missing") return make("td", { class: "miss" }, words);
    const fitting = some.filter((file) => kept.has(file));
    const count = sum((fitting.length ? fitting : some).map((file) => wanted.rule === "" && wanted.severity === "" && state !== "doubled" ? file.counts[state === "errors" ? 0 : 1] : counted(file, wanted)));
    const text = (file, number) => state === "doubled" ? words + " " + number : (wanted.rule === "" && wanted.severity === "" ? words : "") + (count ? " " + count : "") + (file.unchecked ? " ?" : "");
    const shade = state === "errors" || wanted.severity !== "" || wanted.rule !== "" ? heat(count) : "";
    return make("td", { class: [shade, fitting.length ? "" : "off", state === "doubled" ? "twice" : ""].join(" ").trim() || null }, ...some.map((file, index) => link(file, text(file, index + 1) || "–")));
  }

  function byYears(kept, wanted) {
    const [list, years] = rows(kept, wanted), own = new Set(kept);
    return [list.length, make("tr", {}, make("th", { scope: "col" }, say("机关", "agency")), ...years.map((year) => make("th", { scope: "col" }, String(year)))),
      (from, to) => list.slice(from, to).map(({ agency }) => make("tr", {}, make("th", { scope: "row" }, names[agency]), ...years.map((year) => yearCell(agency, year, own, wanted))))];
  }

  function byRules(kept, wanted) {
    const [list] = rows(kept, { ...wanted, state: wanted.state === "" ? "files" : wanted.state });
    const shown = data.rules.map((_, rule) => rule).filter((rule) =>
      kept.some((file) => file.found.some(([one, severity]) => one === rule && (wanted.rule === "" || rule === Number(wanted.rule)) && (wanted.severity === "" || severity === Number(wanted.severity)))));
    const head = shown.map((rule) => make("th", { scope: "col", title: say(data.rules[rule][1], data.rules[rule][2]) }, data.rules[rule][0]));
    return [list.length, make("tr", {}, make("th", { scope: "col" }, say("机关", "agency")), ...head),
      (from, to) => list.slice(from, to).map(({ agency, some }) => {
        const counts = new Map(), first = new Map();
        some.forEach((file) => file.found.forEach(([rule, severity, count]) => {
          if (wanted.severity !== "" && severity !== Number(wanted.severity)) return;
          counts.set(rule, (counts.get(rule) || 0) + count);
          if (!first.has(rule)) first.set(rule, file);
        }));
        return make("tr", {}, make("th", { scope: "row" }, names[agency]), ...shown.map((rule) => {
          const count = counts.get(rule) || 0;
          return make("td", { class: heat(count) || null }, count ? link(first.get(rule), String(count)) : "");
        }));
      })];
  }

  function byFiles(kept, wanted) {
    const list = [...kept];
    const order = (file) => (file.agency < 0 ? Infinity : place[file.agency]);
    list.sort((a, b) => (wanted.order === "worst" ? counted(b, wanted) - counted(a, wanted) : wanted.order === "year" ? (b.year || 0) - (a.year || 0) : 0) || order(a) - order(b) || (a.year || 0) - (b.year || 0) || 0);
    const heads = [say("报告", "report"), say("年度", "year"), say("错误", "errors"), say("警告", "warnings"), say("提示", "infos"), say("未能核对", "not checked"), say("文件", "file")];
    return [list.length, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head))),
      (from, to) => list.slice(from, to).map((file) => make("tr", {},
        make("td", { class: "left" }, link(file, names[file.agency] || file.path)), make("td", {}, String(file.year || "")),
        ...file.counts.map((count, index) => make("td", { class: index ? null : heat(count) || null }, String(count))),
        make("td", {}, String(file.unchecked || "")), make("td", { class: "left" }, file.path)))];
  }

  function draw() {
    const wanted = asked();
    const kept = files.filter((file, index) => fits(file, wanted, index));
    const [count, head, some] = { years: byYears, rules: byRules, files: byFiles }[wanted.view](kept, wanted);
    const body = make("tbody", {}, ...some(0, limit));
    const drawn = make("table", {}, make("thead", {}, head), body);
    const more = make("button", { type: "button", class: "more", onclick: () => {
      const from = body.rows.length;
      body.append(...some(from, from + STEP * 5));
      const next = body.rows[from];
      if (body.rows.length >= count) more.remove();
      const first = next && next.querySelector("a");
      if (first) first.focus();
    } }, say("再显示一些", "Show more"));
    table.replaceChildren(drawn, ...(count > limit ? [more] : []));
    const shown = kept.length;
    field("count").textContent = wanted.view === "files" ? say(shown + " 份", shown + " reports") : say(count + " 个机关，" + shown + " 份", count + " agencies, " + shown + " reports");
  }

  form.addEventListener("input", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(draw));
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input, select") && !field("index").hidden) { event.preventDefault(); query.focus(); }
    if (event.key === "Escape" && event.target === query) { query.value = ""; draw(); }
    const links = [...table.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && (event.target === query || here >= 0) && links[here + 1]) { event.preventDefault(); links[here + 1].focus(); }
    if (event.key === "ArrowUp" && here >= 0) { event.preventDefault(); (links[here - 1] || query).focus(); }
  });
  const refresh = () => { nameRules(); draw(); };
  told.push(refresh);
  refresh();
}

// In a page that has all reports in it, the one after # is taken out of its template when it is asked for.
function route() {
  const index = document.getElementById("index"), skip = document.querySelector(".skip");
  const template = /^#p\d+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
  const open = document.getElementById("main");
  if (!template) {
    if (/^#.+/.test(location.hash) && open) return;
    if (open) open.remove();
    document.querySelector(".home").hidden = true;
    index.hidden = false;
    skip.hash = "#index";
    return;
  }
  if (open) open.remove();
  const main = make("main", { id: "main", tabindex: "-1" });
  main.append(template.content.cloneNode(true));
  index.hidden = true;
  document.querySelector(".home").hidden = false;
  index.after(main);
  skip.hash = "#main";
  told.push(openReport(main.querySelector("article"), main).refresh);
  window.scrollTo(0, 0);
  main.focus();
}

openIndex(JSON.parse(document.querySelector("script.all").textContent));
if (document.querySelector("template")) { window.addEventListener("hashchange", route); route(); }
