/* Shows an opened dashboard: one page at a time, chosen by what stands behind the #.
 *
 * A pack is { schema: 1, title, nav: [name, …], pages: { name: { title, html } },
 * calendar }. The HTML comes from our own escaping templates and holds no script.
 */

const HOME = "today";

/* Shows `pack` inside `root`. Gives `turn`, to be called when the address has changed,
 * and `close`, which takes everything down again. */
export function show(pack, root, onLock = null) {
  const top = document.createElement("div");
  top.className = "ny-top";
  top.append(navigation(pack), ...(onLock ? [lockButton(onLock)] : []));
  const page = document.createElement("div");
  page.className = "ny-page";
  page.tabIndex = -1;
  root.replaceChildren(top, page);
  turnTo(pack, root, page, false);
  return {
    turn: () => turnTo(pack, root, page, true),
    close: () => root.replaceChildren(),
  };
}

function navigation(pack) {
  const nav = document.createElement("nav");
  nav.setAttribute("aria-label", "Dashboard");
  for (const name of pack.nav) {
    const link = document.createElement("a");
    link.href = `#/${name}`;
    link.textContent = pack.pages[name].title;
    nav.append(link);
  }
  return nav;
}

function lockButton(onLock) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "md-button";
  button.textContent = "Lock";
  button.addEventListener("click", onLock);
  return button;
}

function turnTo(pack, root, page, focus) {
  const asked = decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  const name = Object.hasOwn(pack.pages, asked) ? asked : HOME;
  const parsed = new DOMParser().parseFromString(pack.pages[name].html, "text/html");
  page.replaceChildren(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
  for (const link of root.querySelectorAll("nav a")) {
    const here = link.hash === `#/${name.split("/")[0]}`;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (focus) page.focus({ preventScroll: false });
}
