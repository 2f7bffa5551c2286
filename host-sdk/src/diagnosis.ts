type Facts = {
  iframe: HTMLIFrameElement;
  /** Address of the widget. */
  url: URL;
  /** The app, as a query: the platform knows which pages may frame the widget. */
  app: string;
  /** True for a secure context: the page is served over https or from localhost. */
  isSecure: boolean;
  /** True when the page's own Content-Security-Policy blocked the frame. */
  refused: boolean;
};

/** Says why the widget did not load, as far as a page can find out. A separate file, because most pages never need it. */
export const diagnose = async ({ iframe, url, app, isSecure, refused }: Facts): Promise<string> => {
  const { origin } = url;
  if (!isSecure) return `${location.origin} is no secure context: the page must be served over https.`;
  if (!iframe.isConnected) return 'The frame was removed.';
  if (!iframe.src) return 'options.sign has not answered.';
  const token = ['allow-scripts', 'allow-same-origin'].find((name) => !iframe.sandbox.contains(name));
  if (token) return `The frame's sandbox lacks ${token}.`;
  // The sandbox of a frame around the page also applies to the frames in it.
  if (window.origin === 'null') return "The sandbox of the page's own frame lacks allow-same-origin.";
  if (refused) return `The page's Content-Security-Policy lacks frame-src ${origin}.`;
  const pages = `${[location.origin, ...(location.ancestorOrigins ?? [])]}`;
  const { error } = await fetch(new URL(`diagnosis?${app}&${new URLSearchParams({ pages })}`, url), {
    signal: AbortSignal.timeout(5e3),
  })
    .then((answer) => answer.json())
    .catch(() => ({}));
  // The platform names the page that is not allowed, if there is one.
  if (error && !error.details?.origin && window.crossOriginIsolated)
    return 'The page is isolated (Cross-Origin-Embedder-Policy), and Safari shows no frame of the platform in such a page.';
  return error?.message ?? `${origin} cannot be reached, or is not the platform.`;
};
