import { useEffect, useState } from 'preact/hooks';

/** Whether a media query matches; renders again when that changes. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = () => setMatches(list.matches);
    update();
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [query]);
  return matches;
}

/** Width at which the toolbar has space for microphone, camera and leaving only, beside the menu. */
export const useTiny = (): boolean => useMedia('(max-width: 299.98px)');

/** In a small frame a panel covers everything; the style sheets have the same numbers. */
export const useCovering = (): boolean => useMedia('(max-width: 639.98px) and (max-height: 420px)');
