// Language and search of a page that no server stands behind.
const mains = [...document.querySelectorAll("main")];
const buttons = [...document.querySelectorAll("[data-lang]")];
const field = document.querySelector("#search");

function show(lang) {
  for (const main of mains) main.hidden = main.lang !== lang;
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  }
  const shown = mains.find((main) => main.lang === lang);
  document.documentElement.lang = lang;
  document.title = shown.dataset.title;
  field.setAttribute("aria-label", shown.dataset.search);
  field.placeholder = shown.dataset.search;
}

// A system is shown where it holds all words; where a figure of it holds them, the others are not.
function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (part) => words.every((word) => part.textContent.toLowerCase().includes(word));
  for (const article of document.querySelectorAll("article")) {
    article.hidden = !holds(article);
    const rows = [...article.querySelectorAll("tbody tr")];
    const some = rows.some(holds);
    for (const row of rows) row.hidden = some && !holds(row);
  }
}

for (const button of buttons) button.addEventListener("click", () => show(button.dataset.lang));
field.addEventListener("input", search);
const wanted = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
show((mains.find((main) => main.lang === wanted) ?? mains[0]).lang);
