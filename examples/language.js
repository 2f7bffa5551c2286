/**
 * The reader's language. The back end writes it into a page (`http.ts`), from this cookie or else from what the browser asks for; this
 * adds the button that changes it.
 */
addEventListener('DOMContentLoaded', () => {
  const other = document.documentElement.lang === 'en' ? 'zh-CN' : 'en';
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'language', lang: other });
  button.textContent = other === 'en' ? 'English' : '中文';
  button.addEventListener('click', () => {
    // biome-ignore lint/suspicious/noDocumentCookie: Firefox and Safari have had the Cookie Store for a short time only.
    document.cookie = `language=${other}; Path=/; Max-Age=31536000; SameSite=Lax`;
    location.reload();
  });
  document.querySelector('.bar').append(button);
});
