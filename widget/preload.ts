/** Addresses of files that are here, or on the way. */
const known = new Map<string, Promise<unknown>>();
for (const tag of document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link, script'))
  known.set('href' in tag ? tag.href : tag.src, Promise.resolve());

const link = (rel: 'stylesheet' | 'modulepreload', href: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const made = document.createElement('link');
    Object.assign(made, { rel, crossOrigin: '', href, onload: resolve });
    made.onerror = () => {
      made.remove();
      reject(new Error(`${href} did not load`));
    };
    document.head.append(made);
  });

const script = async (href: string): Promise<unknown> => {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
  return answer.blob();
};

/**
 * Loads a part of the widget: stands in the place of Vite's own helper. Firefox and Safari never try a script again whose import has
 * failed, so there scripts are fetched first, and imported from the browser's cache when all are there. Chromium tries again: there
 * a part is imported at once, while its other scripts are on the way. A style sheet that failed would not be tried again anywhere.
 *
 * @param load imports the part
 * @param files that it needs, relative to `from`
 */
export const preload = async <T>(load: () => Promise<T>, files: readonly string[] = [], from = ''): Promise<T> => {
  const triesAgain = 'userAgentData' in navigator;
  await Promise.all(
    files.map((file) => {
      const { href } = new URL(file, from);
      const isStyle = href.endsWith('.css');
      const fetched =
        known.get(href) ??
        (isStyle ? link('stylesheet', href) : triesAgain ? link('modulepreload', href) : script(href));
      known.set(href, fetched);
      fetched.catch(() => known.delete(href));
      return isStyle || !triesAgain ? fetched : undefined;
    }),
  );
  return load();
};
