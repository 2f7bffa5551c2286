import { path } from '../icons.tsx';

export const TranscriptIcon = path(
  'M6 3.5h9l4 4V19a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19V5ZM8.5 11h7M8.5 14.5h7M8.5 7.5h3',
);
export const PauseIcon = path('M8.5 5.5v13M15.5 5.5v13');
export const StartIcon = path('M8 5.5v13l10.5-6.5Z');
export const StopIcon = path('M7 7h10v10H7Z');
