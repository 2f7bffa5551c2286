import { useEffect, useState } from 'preact/hooks';

/** The widget over the whole screen; `undefined` where the browser, or the page around the frame, does not allow it. */
export const useFullscreen = (): { isOn: boolean; toggle: () => void } | undefined => {
  const [isOn, setOn] = useState(Boolean(document.fullscreenElement));
  useEffect(() => {
    const update = () => setOn(Boolean(document.fullscreenElement));
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);
  if (!document.fullscreenEnabled) return undefined;
  const toggle = (): void => {
    const done = isOn ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    // The browser may refuse: nothing changes then.
    done.catch(() => undefined);
  };
  return { isOn, toggle };
};
