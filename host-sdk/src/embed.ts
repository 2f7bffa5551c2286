// biome-ignore-all lint/suspicious/noAssignInExpressions: every byte of this file is paid for by the page.
/**
 * The embedding line: `<script src="https://meet.example.com/app/embed.js" data-room="1012" data-sign-url="/sign"
 * async></script>` inserts a `<meeting-frame>` at its own place (at the end of the body if it is in the head), or into
 * `data-container`. The other `data-` names are the element's attributes.
 */
const script = document.currentScript as HTMLScriptElement | null;
if (!script) throw Error('embed.js is a classic script: include it without type="module"');
const sdk = new URL('sdk/rtcpeer.global.js', script.src).href;
type Policy = { createScriptURL(url: string): string };
type TrustedTypes = { createPolicy(name: string, rules: Policy): Policy };
const kept = window as { meetframe?: Record<string, Promise<unknown> | undefined>; meetframePolicy?: Policy };
const loading = (kept.meetframe ??= {});

/** In a page that requires Trusted Types a text is not accepted as the address of a script; a policy may be refused, too. */
const trusted = (): string => {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return sdk;
  try {
    kept.meetframePolicy ??= trustedTypes.createPolicy('meetframe', { createScriptURL: (url) => url });
  } catch {
    throw Error("The page's Content-Security-Policy lacks trusted-types meetframe");
  }
  return kept.meetframePolicy.createScriptURL(sdk);
};

/**
 * Several embedding lines on a page load the SDK once. A failed load is forgotten, so that a later line tries again.
 */
const load = (loading[sdk] ??= new Promise((resolve, reject) => {
  const tag = document.createElement('script');
  tag.src = trusted();
  tag.nonce = script.nonce;
  // Otherwise the page gets no `unhandledrejection` events of the script.
  tag.crossOrigin = '';
  tag.onload = resolve;
  tag.onerror = () => {
    loading[sdk] = undefined;
    tag.remove();
    reject(Error(`${sdk} did not load`));
  };
  document.head.append(tag);
}));

/** An asynchronous script may run before the container for the meeting has been parsed. */
const parsed = new Promise((resolve) => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', resolve);
  else resolve(0);
});

Promise.all([load, parsed])
  .then(() => {
    const element = document.createElement('meeting-frame');
    element.setAttribute('host', new URL('..', sdk).href);
    for (const { name, value } of script.attributes)
      if (name.startsWith('data-')) element.setAttribute(name.slice(5), value);
    const { container } = script.dataset;
    const parent = container ? document.querySelector(container) : script.closest('head') && document.body;
    if (container && !parent) throw Error(`data-container ${container} not found`);
    // The same line may run again, for example when a page is restored: it must not insert a second frame.
    const old = parent ? parent.querySelector(':scope>meeting-frame') : script.nextElementSibling;
    if (old?.localName === 'meeting-frame' && (container || !parent)) return;
    parent ? parent.append(element) : script.after(element);
  })
  .catch(console.error);

export {};
