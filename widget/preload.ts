/** Addresses of files that are here, or on the way. */
const known = new Map<string, Promise<unknown>>();
for (const tag of document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link, script'))
  known.set('href' in tag ? tag.href : tag.src, Promise.resolve());

const style = (href: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', crossOrigin: '', href, onload: resolve });
    link.onerror = () => {
      link.remove();
      reject(new Error(`${href} did not load`));
    };
    document.head.append(link);
  });

const script = async (href: string): Promise<unknown> => {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
  return answer.blob();
};

/**
 * Loads a part of the widget: stands in the place of Vite's own helper. Its files are fetched first, and imported from the browser's cache
 * when all are there: Firefox and Safari never try a script again whose import has failed, and a style sheet that failed would not be tried
 * again anywhere.
 *
 * @param load imports the part
 * @param files that it needs, relative to `from`
 */
export const preload = async <T>(load: () => Promise<T>, files: readonly string[] = [], from = ''): Promise<T> => {
  await Promise.all(
    files.map((file) => {
      const { href } = new URL(file, from);
      const fetched = known.get(href) ?? (href.endsWith('.css') ? style(href) : script(href));
      known.set(href, fetched);
      fetched.catch(() => known.delete(href));
      return fetched;
    }),
  );
  return load();
};
