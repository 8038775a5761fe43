// The screens of the desk. What residents wrote goes in by textContent only, never as markup.

function make(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "text") made.textContent = value;
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

function field(label, control, wide = false) {
  return make("label", { class: wide ? "wide" : undefined }, label, control);
}

function choice(values, first) {
  const made = make("select");
  if (first !== undefined) made.append(make("option", { value: "", text: first }));
  for (const [value, text] of values) made.append(make("option", { value, text }));
  return made;
}

// Asks Python and waits for its answer; a refusal is an error whose message is a sentence.
function asking(model) {
  const waiting = new Map();
  let number = 0;
  model.on("msg:custom", (message) => {
    const open = waiting.get(message.number);
    if (!open) return;
    waiting.delete(message.number);
    if (message.refused) open.refuse(new Error(message.refused));
    else open.fulfil(message.result);
  });
  return (verb, given = {}) =>
    new Promise((fulfil, refuse) => {
      number += 1;
      waiting.set(number, { fulfil, refuse });
      model.send({ number, verb, given });
    });
}

function sayer() {
  const place = make("p", { class: "said", role: "status", "aria-live": "polite" });
  return {
    place,
    say(text, ...more) {
      place.className = "said";
      place.replaceChildren(text, ...more);
    },
    refuse(error, ...more) {
      place.className = "said refused";
      place.replaceChildren("できませんでした。" + error.message, ...more);
    },
  };
}

function words(row) {
  const place = make("p", { class: "words" });
  for (const [text, label] of row.pieces)
    place.append(label ? make("mark", { title: label, text }) : text);
  return place;
}

function voice(row, sign = "") {
  const facts = [...row.facts, "テーマ: " + (row.themes.join("、") || "なし"), "出典: " + row.source];
  const article = make(
    "article",
    { tabindex: "-1", "aria-label": `意見 ${row.id}`, "data-id": row.id },
    make("p", { class: "facts" }, make("b", { text: sign + row.id }), " " + facts.join(" / ")),
    words(row),
  );
  if (row.note) article.append(make("p", { class: "facts", text: row.note }));
  return article;
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const aside = make("textarea", { "aria-hidden": "true" });
    aside.value = text;
    document.body.append(aside);
    aside.select();
    document.execCommand("copy");
    aside.remove();
  }
  said.say("番号と出典を付けて写しました。貼り付けられます。");
}

function asText(row) {
  const text = row.pieces.map((piece) => piece[0]).join("");
  return `「${text}」(${[row.id, ...row.facts, row.source].join("、")})`;
}

function keys(pairs) {
  const place = make("p", { class: "keys" });
  pairs.forEach(([key, text], at) =>
    place.append(at ? "  " : "", make("kbd", { text: key }), " " + text),
  );
  return place;
}

async function voices(ask, root) {
  const said = sayer();
  const opened = await ask("open");
  const controls = {};
  const filters = make("div", { class: "row" });
  for (const each of opened.filters) {
    const values = each.values.map(([value, n]) => [
      value,
      (each.name === "session" ? `第${value}回` : value) + `(${n}件)`,
    ]);
    controls[each.name] = choice(values, "すべて");
    filters.append(field(each.label, controls[each.name]));
  }
  controls.word = make("input", { type: "search", "aria-label": "言葉で探す" });
  controls.rule = make("input", { type: "search", "aria-label": "ルールで探す", placeholder: "バス & ( 夜 | 深夜 )" });
  filters.append(field("言葉で探す", controls.word), field("ルールで探す(KH Coder の書き方)", controls.rule, true));

  const list = make("div", { class: "list", role: "region", "aria-label": "意見の一覧" });
  const before = make("button", { text: "前の50件", onclick: () => show(first - opened.page) });
  const next = make("button", { text: "次の50件", onclick: () => show(first + opened.page) });
  const all = make("button", {
    text: "出ている意見をすべて写す",
    onclick: () => ask("copy", { query: query() }).then((text) => copy(text, said), said.refuse),
  });
  const clear = make("button", { text: "絞り込みをやめる", onclick: reset });
  const counted = make("p", { role: "status", "aria-live": "polite" });
  root.append(
    make("h3", { text: `声: ${opened.title}` }), filters, counted,
    make("div", { class: "row" }, before, next, all, clear), list, said.place,
    keys([["↓", "次の意見"], ["↑", "前の意見"], ["/", "言葉で探す"], ["c", "この意見を写す"],
      ...(opened.themes.length ? [["d", "テーマを付ける・外す"], ["u", "判断を取り消す"]] : [])]),
  );

  let first = 0, n = 0, asked = 0, rows = [];
  const who = make("input", { "aria-label": "判断した人" });

  function query() {
    const given = {};
    for (const [name, control] of Object.entries(controls))
      if (control.value.trim()) given[name] = name === "session" ? Number(control.value) : control.value;
    return given;
  }
  function reset() {
    for (const control of Object.values(controls)) control.value = "";
    show(0);
  }
  async function show(from, at = 0) {
    const own = ++asked;
    const begin = Math.max(0, from);
    try {
      const page = await ask("page", { query: query(), first: begin });
      if (own !== asked) return false;
      ({ first, n, rows } = page);
    } catch (error) {
      if (own === asked) said.refuse(error);
      return false;
    }
    list.replaceChildren(...rows.map((row) => voice(row)));
    list.scrollTop = 0;
    const places = rows.length ? `。${first + 1}〜${first + rows.length}件目を示しています` : "";
    counted.textContent = `${opened.n}件のうち${n}件${places}。`;
    before.disabled = first === 0;
    next.disabled = first + rows.length >= n;
    const articles = list.children;
    if (articles.length) articles[at < 0 ? articles.length - 1 : at].tabIndex = 0;
    if (said.place.classList.contains("refused")) said.say("");
    return true;
  }
  function go(article) {
    for (const each of list.children) each.tabIndex = -1;
    article.tabIndex = 0;
    article.focus();
  }
  async function step(article, by) {
    const near = by > 0 ? article.nextElementSibling : article.previousElementSibling;
    if (near) return go(near);
    const from = first + by * opened.page;
    if (from < 0 || from >= n) return said.say(by > 0 ? "最後の意見です。" : "最初の意見です。");
    if (await show(from, by > 0 ? 0 : -1)) go(by > 0 ? list.firstElementChild : list.lastElementChild);
  }
  function rowOf(article) {
    return rows.find((row) => row.id === article.dataset.id);
  }
  function refresh(answer) {
    const at = rows.findIndex((row) => row.id === answer.row.id);
    said.say(answer.said, " ", make("button", { text: "取り消す", onclick: undo }));
    if (at < 0) return;
    rows[at] = answer.row;
    const made = voice(answer.row);
    list.children[at].replaceWith(made);
    go(made);
  }
  function undo() {
    ask("undo").then((answer) => { refresh(answer); said.say(answer.said); }, said.refuse);
  }
  function decide(article) {
    if (!opened.themes.length || article.querySelector(".form")) return;
    const row = rowOf(article);
    const held = new Set(row.themes.map((name) => name.replace(/\(人の判断\)$/, "")));
    const theme = choice(opened.themes.map((name) => [name, name + (held.has(name) ? "(付いています)" : "")]));
    const reason = make("input", { required: true });
    const save = make("button", { type: "submit" });
    const label = () => (save.textContent = held.has(theme.value) ? "このテーマを外す" : "このテーマを付ける");
    theme.addEventListener("change", label);
    label();
    const close = () => { form.remove(); go(article); };
    const form = make(
      "form",
      {
        class: "form", "aria-label": `${row.id} の判断`,
        onsubmit: (event) => {
          event.preventDefault();
          ask("decide", {
            opinion_id: row.id, theme: theme.value, is_given: !held.has(theme.value),
            reason: reason.value, who: who.value,
          }).then(refresh, said.refuse);
        },
        onkeydown: (event) => {
          if (event.key === "Escape") { event.stopPropagation(); close(); }
        },
      },
      make("div", { class: "row" }, field("テーマ", theme), field("理由", reason, true), field("誰", who),
        save, make("button", { type: "button", text: "やめる", onclick: close })),
    );
    article.append(form);
    theme.focus();
  }

  let pause;
  for (const control of Object.values(controls))
    control.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(() => show(0), 150); });
  list.addEventListener("keydown", (event) => {
    const article = event.target.closest("article");
    if (!article || event.target !== article || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      ArrowDown: () => step(article, 1), j: () => step(article, 1),
      ArrowUp: () => step(article, -1), k: () => step(article, -1),
      c: () => copy(asText(rowOf(article)), said), d: () => decide(article), u: undo,
      "/": () => controls.word.focus(),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  await show(0);
}

async function rules(ask, root) {
  const said = sayer();
  let opened = await ask("open");
  const theme = choice([]);
  const name = make("input", { "aria-label": "新しいテーマの名前" });
  const named = field("新しいテーマの名前", name);
  const rule = make("textarea", { rows: 6, spellcheck: "false", "aria-label": "ルール" });
  const reason = make("input"), who = make("input");
  const counts = make("p", { class: "said", role: "status", "aria-live": "polite" });
  const found = make("div");
  const past = make("div");
  const save = make("button", { text: "このテーマを保存する", onclick: store });
  const back = make("button", { text: "いまのファイルのルールに戻す", onclick: () => { rule.value = now(); attempt(); } });
  const older = make("button", { text: "これまでの直し", onclick: history });
  const offered = choice([], "案を選ぶ");
  const offer = field("機械の案から(読んで直してから使います)", offered, true);
  offer.style.display = "none";
  const draw = make("button", { text: "案を見る", onclick: propose });
  root.append(
    make("h3", { text: "ルールを試す" }),
    make("p", { text: `保存するまで、${opened.file} は変わりません。` }),
    make("div", { class: "row" }, field("テーマ", theme), named, draw, offer),
    make("label", { class: "full" }, "ルール(KH Coder の書き方。語と記号の間は、半角の空白)", rule),
    counts, found,
    make("div", { class: "row" }, field("直す理由", reason, true), field("誰", who), save, back, older),
    said.place, past,
    keys([["Tab", "次の欄"], ["Ctrl+S", "保存する"], ["Ctrl+Z", "入力を戻す"]]),
  );

  const NEW = "\n";
  function list() {
    const kept = theme.value;
    theme.replaceChildren(
      ...Object.keys(opened.rules).map((each) => make("option", { value: each, text: each })),
      make("option", { value: NEW, text: "(新しいテーマを作る)" }),
    );
    if (kept && (kept === NEW || kept in opened.rules)) theme.value = kept;
  }
  const current = () => (theme.value === NEW ? name.value.trim() : theme.value);
  const now = () => opened.rules[current()] || "";
  function pick() {
    named.hidden = theme.value !== NEW;
    named.style.display = named.hidden ? "none" : "";
    rule.value = now();
    past.replaceChildren();
    attempt();
  }
  let asked = 0;
  async function attempt() {
    const own = ++asked;
    if (!current() || !rule.value.trim()) {
      counts.textContent = current() ? "ルールを書くと、ここに件数が出ます。" : "名前を書くと試せます。";
      found.replaceChildren();
      return;
    }
    try {
      const trial = await ask("try_rule", { theme: current(), rule: rule.value });
      if (own === asked) showTrial(trial);
    } catch (error) {
      if (own === asked) { counts.textContent = error.message; found.replaceChildren(); }
    }
  }
  function showTrial(trial) {
    counts.textContent = trial.is_broken
      ? `いまは${trial.before}件。書きかけのルールには誤りがあり、まだ数えられません。`
      : `いま ${trial.before}件 → この直しで ${trial.after}件(増える ＋${trial.n_gained}件、減る −${trial.n_lost}件)`;
    found.replaceChildren();
    if (trial.remarks.length) {
      const listed = make("ul", { "aria-label": "ルールについての注意" });
      for (const each of trial.remarks)
        listed.append(make("li", { text: `${each.level} ルールの${each.line}行目: ${each.found}。${each.action}。` }));
      found.append(make("h4", { text: "注意" }), listed);
    }
    if (trial.is_broken) return;
    if (trial.parts.length > 1) found.append(make("h4", { text: "どの言葉が効いているか" }), parts(trial.parts));
    section("＋", "増える意見", trial.gained, trial.n_gained);
    section("−", "減る意見", trial.lost, trial.n_lost);
  }
  function parts(rows) {
    const head = make("tr", {}, ...["言葉", "当たる意見", "外すと減る意見"].map((text) => make("th", { scope: "col", text })));
    const body = rows.map(([text, n, alone]) =>
      make("tr", {}, make("td", { text }), make("td", { class: "n", text: `${n}件` }), make("td", { class: "n", text: `${alone}件` })));
    return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
  }
  function section(sign, title, rows, n) {
    if (!n) return;
    const rest = n > rows.length ? `(はじめの${rows.length}件)` : "";
    const list = make("div", { class: "list", role: "region", tabindex: "0", "aria-label": title });
    list.append(...rows.map((row) => voice(row, `${sign} `)));
    found.append(make("h4", { text: `${sign} ${title} ${n}件${rest}` }), list);
  }
  async function store() {
    try {
      const answer = await ask("save", { theme: current(), rule: rule.value, reason: reason.value, who: who.value, is_new: theme.value === NEW });
      const kept = current();
      opened = await ask("open");
      list();
      theme.value = kept;
      named.style.display = "none";
      reason.value = "";
      said.say(answer.said);
      attempt();
    } catch (error) {
      said.refuse(error, " ", make("button", { text: "ファイルを読み直す", onclick: reload }));
    }
  }
  async function reload() {
    try {
      const written = rule.value;
      opened = await ask("reload");
      list();
      rule.value = written;
      said.say(`ファイルを読み直しました。ファイルのルール: ${now() || "(ありません)"}`);
      attempt();
    } catch (error) { said.refuse(error); }
  }
  async function history() {
    try {
      const changes = await ask("history", { theme: current() });
      past.replaceChildren(make("h4", { text: "これまでの直し" }));
      if (!changes.length) past.append(make("p", { text: "この画面で直した記録は、まだありません。" }));
      for (const each of changes)
        past.append(make("p", {}, each.said + "。" + each.difference + " ", make("button", {
          text: "直す前のルールを試す",
          onclick: () => { rule.value = each.rule; attempt(); rule.focus(); },
        })));
    } catch (error) { said.refuse(error); }
  }

  let proposals = [];
  async function propose() {
    said.say("案を作っています …");
    try {
      proposals = await ask("proposals");
      offered.replaceChildren(
        make("option", { value: "", text: "案を選ぶ" }),
        ...proposals.map((each, at) => make("option", { value: at, text: `案: ${each.said}` })),
      );
      offer.style.display = "";
      said.say(`案が${proposals.length}件あります。どれも機械が作ったものです。`);
      offered.focus();
    } catch (error) { said.refuse(error); }
  }
  function take() {
    const proposal = proposals[offered.value];
    if (!proposal) return;
    theme.value = NEW;
    pick();
    name.value = proposal.name;
    rule.value = proposal.rule;
    attempt();
    name.focus();
  }
  offered.addEventListener("change", take);

  let pause;
  const soon = () => { clearTimeout(pause); pause = setTimeout(attempt, 150); };
  rule.addEventListener("input", soon);
  name.addEventListener("input", soon);
  theme.addEventListener("change", pick);
  root.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); store(); }
  });
  list();
  pick();
}

const MARKS = "123456789qwertyuiopasdfgh";

async function coding(ask, root) {
  const said = sayer();
  const name = make("input", { "aria-label": "あなたの名前", required: true });
  const begin = make("form", { class: "row", onsubmit: (event) => { event.preventDefault(); start(); } },
    field("あなたの名前(ファイルの名前になります)", name), make("button", { type: "submit", text: "始める・続ける" }));
  const progress = make("p", { role: "status", "aria-live": "polite" });
  const text = make("div", { class: "list" });
  const themes = make("div", { class: "themes", role: "group", "aria-label": "テーマ" });
  const memo = make("input", { "aria-label": "メモ" });
  const meanings = make("details", {}, make("summary", { text: "テーマの意味" }));
  const work = make("div", { tabindex: "0", role: "region", "aria-label": "テーマを付ける" },
    progress, text, themes, meanings, field("メモ", memo, true),
    make("div", { class: "row" },
      make("button", { text: "前の意見", onclick: () => go(-1) }),
      make("button", { text: "次の意見", onclick: () => go(1) })),
    keys([["1〜", "テーマを付ける・外す"], ["0", "該当なし"], ["Enter", "次の意見"], ["←", "前の意見"], ["m", "メモ"]]));
  work.style.display = "none";
  root.append(make("h3", { text: "ルールの結果を見ずに、テーマを付ける" }), begin, work, said.place);

  let state, row, who = "";
  async function start() {
    try {
      who = name.value.trim();
      state = await ask("start", { name: who });
      work.style.display = "";
      const known = state.themes.filter(([, meaning]) => meaning);
      meanings.replaceChildren(meanings.firstChild, ...known.map(([theme, meaning]) => make("p", { text: `${theme}: ${meaning}` })));
      meanings.style.display = known.length ? "" : "none";
      said.say(`${state.file} に、付けるたびに残ります。`);
      await show(state.at);
    } catch (error) { said.refuse(error); }
  }
  async function show(at) {
    row = await ask("opinion", { name: who, at });
    text.replaceChildren(make("p", { class: "facts" }, make("b", { text: row.id })), make("p", { class: "words", text: row.text }));
    memo.value = row.memo;
    draw();
    work.focus();
  }
  function draw() {
    progress.textContent = `${state.n}件のうち${state.done}件に付けました。いま${row.at + 1}件目です。`;
    themes.replaceChildren(...[...state.themes.map(([theme, meaning], at) => [MARKS[at], theme, meaning, row.marks.includes(theme), () => toggle(at)]),
      ["0", "該当なし", "どのテーマにも当てはまらない", row.is_none, none]]
      .map(([key, label, meaning, held, act]) => {
        const button = make("button", { "aria-pressed": String(held), title: meaning, onclick: () => { act(); work.focus(); } });
        if (key) button.append(make("kbd", { text: key }), " ");
        button.append((held ? "○ " : "") + label);
        return button;
      }));
  }
  async function save() {
    const own = row;
    try {
      const answer = await ask("mark", {
        name: who, opinion_id: own.id, marks: own.marks, is_none: own.is_none, memo: memo.value });
      state.done = answer.done;
      if (own === row) draw();
      if (said.place.classList.contains("refused")) said.say("記録しました。");
      return true;
    } catch (error) {
      said.refuse(error);
      return false;
    }
  }
  function toggle(at) {
    const theme = state.themes[at][0];
    row.marks = row.marks.includes(theme) ? row.marks.filter((each) => each !== theme) : [...row.marks, theme];
    row.is_none = false;
    draw();
    save();
  }
  function none() {
    row.is_none = !row.is_none;
    if (row.is_none) row.marks = [];
    draw();
    save();
  }
  async function go(by) {
    if (memo.value !== row.memo && !(await save())) return;
    const at = row.at + by;
    if (at < 0 || at >= state.n) return said.say(by > 0 ? "最後の意見です。ここまでの分は残っています。" : "最初の意見です。");
    show(at).catch(said.refuse);
  }
  memo.addEventListener("change", save);
  memo.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); work.focus(); } });
  work.addEventListener("keydown", (event) => {
    if (event.target === memo || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = MARKS.indexOf(event.key);
    const act = { 0: none, Enter: () => go(1), ArrowRight: () => go(1), ArrowLeft: () => go(-1), m: () => memo.focus() }[event.key]
      ?? (at >= 0 && at < state.themes.length ? () => toggle(at) : undefined);
    if (!act || (event.key === "Enter" && ["BUTTON", "SUMMARY"].includes(event.target.tagName))) return;
    event.preventDefault();
    act();
  });
}

const SCREENS = { voices, rules, coding };

export default {
  async render({ model, el }) {
    // JupyterLab would take single letters for commands on cells.
    const root = make("div", { class: "kyodo-desk", lang: "ja", "data-lm-suppress-shortcuts": "true" });
    root.addEventListener("keydown", (event) => event.stopPropagation());
    el.append(root);
    const kind = model.get("kind");
    const waiting = make("p", { role: "status", text: "開いています …" });
    root.append(waiting);
    try {
      await SCREENS[kind](asking(model), root);
    } catch (error) {
      root.append(make("p", { class: "said refused", text: error.message }));
    } finally {
      waiting.remove();
    }
  },
};
