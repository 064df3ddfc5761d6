/** The report's script: it filters what the page has, and opens what a link leads to. It holds no data. */
export const script = `
const form = document.getElementById('filter')
const told = document.getElementById('shown')
const all = (selector) => [...document.querySelectorAll(selector)]
const cells = all('td[data-kind]')
const rows = all('tr[data-clause]')
const articles = all('article')

function apply() {
  const { words, kind, level, place } = Object.fromEntries(new FormData(form))
  const wanted = words.toLowerCase().split(/\\s+/).filter(Boolean)
  const says = (element) => {
    const text = element.textContent.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  const fits = ({ dataset }) =>
    (kind === '' || dataset.kind === kind || dataset.standing === kind) &&
    (level === '' || dataset.level === level) &&
    (place === '' || dataset.place === place)
  for (const cell of cells) cell.classList.toggle('off', !fits(cell))
  for (const one of all('[data-column]')) one.hidden = place !== '' && one.dataset.column !== place
  for (const row of rows) row.hidden = !says(row) || ![...row.querySelectorAll('td[data-kind]')].some(fits)
  for (const article of articles) article.hidden = !fits(article) || !says(article)
  const count = cells.filter((cell) => fits(cell) && !cell.closest('tr').hidden).length
  told.textContent = count + ' of ' + cells.length + ' results'
}

function open() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  const details = target?.querySelector('details')
  if (details) details.open = true
}

form.hidden = false
form.addEventListener('input', apply)
form.addEventListener('submit', (event) => event.preventDefault())
addEventListener('hashchange', open)
apply()
open()
`
