// Finds what a person can see by its role and accessible name. Arguments: role, name, how the name is compared, root element.
const [role, wanted, how, root] = arguments;

const implicit = {
  A: "link", ARTICLE: "article", ASIDE: "complementary", BUTTON: "button", DIALOG: "dialog", FORM: "form", H1: "heading", H2: "heading", H3: "heading",
  HEADER: "banner", IMG: "img", LI: "listitem", MAIN: "main", NAV: "navigation", OL: "list", SECTION: "region",
  SELECT: "combobox", TABLE: "table", TEXTAREA: "textbox", UL: "list", PROGRESS: "progressbar",
};
const inputs = { checkbox: "checkbox", radio: "radio", range: "slider", button: "button", submit: "button", search: "searchbox" };

function roleOf(element) {
  const named = element.getAttribute("role");
  if (named) return named;
  if (element.tagName === "INPUT") return inputs[element.type] ?? "textbox";
  return implicit[element.tagName];
}

const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();

function nameOf(element) {
  const by = element.getAttribute("aria-labelledby");
  const labelled = by && plain(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
  if (labelled) return labelled;
  if (element.getAttribute("aria-label")) return plain(element.getAttribute("aria-label"));
  if (element.labels?.length) return plain([...element.labels].map((label) => label.innerText).join(" "));
  if (element.getAttribute("alt")) return plain(element.getAttribute("alt"));
  return plain(element.innerText) || plain(element.getAttribute("title")) || plain(element.getAttribute("placeholder"));
}

function canBeSeen(element) {
  if (element.closest("[aria-hidden=true], [inert], [hidden]")) return false;
  // A checkbox may be drawn by its label; the label is what a person sees.
  const shown = element.labels?.length ? element.labels[0] : element;
  return shown.getClientRects().length > 0 && getComputedStyle(shown).visibility !== "hidden";
}

function fits(element) {
  if (how === "any") return true;
  const name = nameOf(element);
  if (how === "exact") return name === wanted;
  if (how === "starts") return name.startsWith(wanted);
  // A long file name is drawn in two parts, which innerText tears apart.
  return name.includes(wanted) || element.textContent.includes(wanted);
}

const all = [...(root ?? document).querySelectorAll("*")];
return all.filter((element) => roleOf(element) === role && canBeSeen(element) && fits(element));
