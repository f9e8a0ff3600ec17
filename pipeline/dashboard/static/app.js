/* Shows an opened dashboard: one page at a time, chosen by what stands behind the #.
 *
 * A pack is { schema: 1, title, nav: [name, …], pages: { name: { title, html } },
 * people: [row, …], calendar }. The HTML comes from our own escaping templates and holds
 * no script; the list of people is put together here, as text, so that thousands of
 * them are quickly sorted and searched. Nothing is stored and nothing is fetched.
 */

const HOME = "today";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/* Shows `pack` inside `root`. Gives `turn`, to be called when the address has changed,
 * and `close`, which takes everything down again. */
export function show(pack, root, onLock = null) {
  const board = { pack, root, list: listOf(pack.people), page: made("div", "ny-page") };
  const top = made("div", "ny-top");
  top.append(navigation(pack), ...(onLock ? [lockButton(onLock)] : []));
  board.page.tabIndex = -1;
  root.replaceChildren(top, board.page);
  const act = (event) => acted(board, event);
  root.addEventListener("click", act);
  turnTo(board, false);
  return {
    turn: () => turnTo(board, true),
    close: () => {
      root.removeEventListener("click", act);
      root.replaceChildren();
      board.pack = board.list = null;
    },
  };
}

function navigation(pack) {
  const nav = made("nav", "ny-nav");
  nav.setAttribute("aria-label", "Dashboard");
  for (const name of pack.nav) {
    const link = made("a", "", pack.pages[name].title);
    link.href = `#/${name}`;
    nav.append(link);
  }
  return nav;
}

function lockButton(onLock) {
  const button = made("button", "ny-button", "Lock");
  button.type = "button";
  button.addEventListener("click", onLock);
  return button;
}

function turnTo(board, focus) {
  const { pack, page, root } = board;
  const asked = location.hash.replace(/^#\/?/, "");
  const name = Object.hasOwn(pack.pages, asked) ? asked : HOME;
  const parsed = new DOMParser().parseFromString(pack.pages[name].html, "text/html");
  page.replaceChildren(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
  const place = page.querySelector("[data-people]");
  if (place) showList(board.list, place);
  const section = /^p\d+$/.test(name) ? "contacts" : name.split("/")[0];
  for (const link of root.querySelectorAll(".ny-nav a")) {
    if (link.hash === `#/${section}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (focus) {
    page.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/* --- buttons in a page ------------------------------------------------------ */

async function acted(board, event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy) {
    const text = document.getElementById(button.dataset.copy);
    button.textContent = (await copied(text)) ? "Copied" : "It is marked; copy it";
  } else if (button.dataset.download) {
    download(board.pack.calendar);
  } else if ("print" in button.dataset) {
    print();
  }
}

async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return false;
  }
}

function download(calendar) {
  const address = URL.createObjectURL(new Blob([calendar], { type: "text/calendar" }));
  const link = made("a");
  link.href = address;
  link.download = "calendar.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/* --- the list of people ----------------------------------------------------- */

const [PAGE, NAME, COMPANY, SIGN, SHAPE, WORDS, RANK, LAST, NEXT, MORE] = Array(10).keys();
const COLUMNS = [
  { title: "Person", by: NAME },
  { title: "How it stands", by: RANK },
  { title: "Last written", by: LAST, wide: true },
  { title: "Next", by: NEXT },
];
const A_PAGE = 25;

/* What is shown of the list; it is kept while one looks at a person. */
function listOf(rows) {
  const found = rows.map((row) => ({
    row,
    text: [NAME, COMPANY, WORDS, MORE].map((at) => row[at]).join(" ").toLowerCase(),
  }));
  return { rows: found, by: RANK, down: false, words: "", sign: "", from: 0 };
}

function showList(list, place) {
  const parts = { count: made("p", "ny-count"), body: made("tbody"), pager: made("p", "ny-row") };
  parts.count.setAttribute("role", "status");
  parts.heads = COLUMNS.map((column) => head(list, parts, column));
  const table = made("table", "ny-table");
  const row = made("tr");
  row.append(...parts.heads);
  const thead = made("thead");
  thead.append(row);
  table.append(made("caption", "ny-unseen", "People"), thead, parts.body);
  place.replaceChildren(filters(list, parts), parts.count, table, parts.pager);
  fill(list, parts);
}

function filters(list, parts) {
  const box = made("p", "ny-row ny-filters");
  const search = made("input");
  search.type = "search";
  search.value = list.words;
  search.autocomplete = "off";
  search.addEventListener("input", () => change(list, parts, { words: search.value }));
  const choice = made("select");
  const known = [...new Map(list.rows.map(({ row }) => [plain(row[WORDS]), row[RANK]]))];
  known.sort((one, other) => one[1] - other[1]);
  for (const [words] of [["", 0], ...known]) {
    const option = made("option", "", words || "everyone");
    option.value = words;
    choice.append(option);
  }
  choice.value = list.sign;
  choice.addEventListener("change", () => change(list, parts, { sign: choice.value }));
  box.append(labelled("Search", search), labelled("Show", choice));
  return box;
}

/* "paused until 1 May" is one of those that are paused. */
function plain(words) {
  return words.replace(/ until .*/, "");
}

function labelled(text, field) {
  const label = made("label", "", `${text} `);
  label.append(field);
  return label;
}

function head(list, parts, { title, by, wide }) {
  const cell = made("th", wide ? "ny-wide" : "");
  cell.scope = "col";
  const button = made("button", "ny-sort", title);
  button.type = "button";
  button.addEventListener("click", () => {
    change(list, parts, { by, down: list.by === by && !list.down });
  });
  cell.append(button);
  return cell;
}

function change(list, parts, what) {
  Object.assign(list, what, { from: 0 });
  fill(list, parts);
}

/* Gives the rows that are wanted, in order; what is not known comes last. */
function chosen(list) {
  const words = list.words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = list.rows.filter(
    ({ row, text }) =>
      words.every((word) => text.includes(word)) && (!list.sign || plain(row[WORDS]) === list.sign),
  );
  const { by, down } = list;
  const compare = new Intl.Collator("en").compare;
  const order = (one, other) => {
    const [a, b] = [one.row[by], other.row[by]];
    if (a === b) return compare(one.row[NAME], other.row[NAME]);
    if (a === "" || b === "") return a === "" ? 1 : -1;
    const first = by === NAME ? compare(a, b) : a < b ? -1 : 1;
    return down ? -first : first;
  };
  return found.sort(order);
}

function fill(list, parts) {
  const found = chosen(list);
  const shown = found.slice(list.from, list.from + A_PAGE);
  parts.count.textContent = counted(found.length, list.from, shown.length);
  parts.body.replaceChildren(...shown.map(({ row }) => line(row)));
  parts.heads.forEach((cell, at) => {
    const here = COLUMNS[at].by === list.by;
    cell.setAttribute("aria-sort", here ? (list.down ? "descending" : "ascending") : "none");
  });
  const turn = (title, from, possible) => {
    const button = made("button", "ny-button", title);
    button.type = "button";
    button.disabled = !possible;
    button.addEventListener("click", () => {
      list.from = from;
      fill(list, parts);
      parts.body.closest("table").scrollIntoView({ block: "nearest" });
    });
    return button;
  };
  const pages = [
    turn("Before", list.from - A_PAGE, list.from > 0),
    turn("After", list.from + A_PAGE, list.from + A_PAGE < found.length),
  ];
  parts.pager.replaceChildren(...(found.length > A_PAGE ? pages : []));
}

function counted(all, from, shown) {
  const people = all === 1 ? "1 person" : `${all} people`;
  return shown < all ? `${people}; ${from + 1} to ${from + shown}` : people;
}

function line(row) {
  const link = made("a", "", row[NAME]);
  link.href = `#/${row[PAGE]}`;
  const person = made("th");
  person.scope = "row";
  person.append(link, made("span", "ny-soft", row[COMPANY]));
  const sign = made("span", `ny-sign s-${row[SIGN]}`);
  const shape = made("span", "", row[SHAPE]);
  shape.setAttribute("aria-hidden", "true");
  sign.append(shape, ` ${row[WORDS]}`);
  const stands = made("td");
  stands.append(sign);
  const whole = made("tr");
  whole.append(person, stands, made("td", "ny-wide", day(row[LAST])), made("td", "", day(row[NEXT])));
  return whole;
}

function day(iso) {
  if (!iso) return "–";
  const [year, month, date] = iso.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

function made(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
