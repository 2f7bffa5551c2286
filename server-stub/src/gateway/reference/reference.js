// Finds methods as one types. Everything else on the page works without this.
const field = document.querySelector('input[type=search]');
const nothing = document.querySelector('.nothing');
field.closest('label').hidden = false;

const find = () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const article of document.querySelectorAll('article')) {
    article.hidden = !words.every((word) => article.dataset.words.includes(word));
    if (!article.hidden) found++;
    const link = document.querySelector(`nav a[href="#${article.id}"]`);
    if (link) link.parentElement.hidden = article.hidden;
  }
  for (const section of document.querySelectorAll('main > section'))
    section.hidden = words.length > 0 && !section.querySelector('article:not([hidden])');
  nothing.hidden = found > 0;
};
field.addEventListener('input', find);
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  field.focus();
});
find();
