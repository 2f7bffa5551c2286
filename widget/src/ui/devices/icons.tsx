import { path } from '../icons.tsx';

export const SpeakerIcon = path('M4 9.5h3.5L12 5.5v13l-4.5-4H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11');
export const FlipIcon = path(
  'M8 7l1.2-2h5.6L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-9A1.5 1.5 0 0 1 5.5 7ZM9 13.5a3.2 3.2 0 0 1 5.6-1.6M15 12.5a3.2 3.2 0 0 1-5.6 1.6M14.8 9.8v2.2h-2.2M9.2 16.2V14h2.2',
);
export const CaretIcon = path('M7.5 14.5 12 10l4.5 4.5');
