/** Pages that are written in two languages show the reader's: `demo.css` hides elements whose `lang` is another. */
document.documentElement.lang = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
