import { useMedia } from './media.ts';

// The style sheets have the same numbers.

/** Width at which the toolbar has space for microphone, camera and leaving only, beside the menu. */
export const useTiny = (): boolean => useMedia('(max-width: 299.98px)');

/** In a small frame a panel covers everything. */
export const useCovering = (): boolean => useMedia('(max-width: 639.98px) and (max-height: 420px)');

/** A frame so small that it shows no header; what stands in it is elsewhere there. */
export const useCompact = (): boolean => useMedia('(max-width: 480px) and (max-height: 360px)');
