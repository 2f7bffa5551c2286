import { useEffect, useState } from 'preact/hooks';

/** Whether a media query holds now; renders again when that changes. */
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

/** Where panels become sheets and secondary buttons go to a menu; the same number stands in the style sheets. */
export const useNarrow = (): boolean => useMedia('(max-width: 639.98px)');
