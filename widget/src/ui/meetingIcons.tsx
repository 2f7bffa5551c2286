import { icon, path } from './icons.tsx';

// Not among `icons.tsx`, which is part of the first download.
export const PeopleIcon = path(
  'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5v-.5a5 5 0 0 1 5-5h3a5 5 0 0 1 5 5v.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.3a5 5 0 0 1 3.5 4.7v.5',
);
export const ChatIcon = path(
  'M20.5 11.5a7.5 7.5 0 0 1-7.5 7.5H5.2a.7.7 0 0 1-.5-1.2L6 16.4a7.5 7.5 0 1 1 14.5-4.9ZM9.5 10.2h7M9.5 13.3h4.5',
);
export const GridIcon = path(
  'M5 4h4.5v6.5H4V5a1 1 0 0 1 1-1ZM14.5 4H19a1 1 0 0 1 1 1v5.5h-5.5ZM4 14h5.5v6H5a1 1 0 0 1-1-1ZM14.5 14H20v5a1 1 0 0 1-1 1h-4.5Z',
);
export const MoveIcon = path(
  'M12 3v18M3 12h18M12 3 9.5 5.5M12 3l2.5 2.5M12 21l-2.5-2.5M12 21l2.5-2.5M3 12l2.5-2.5M3 12l2.5 2.5M21 12l-2.5-2.5M21 12l-2.5 2.5',
);
export const ShareIcon = path(
  'M5 4.5h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2ZM8.5 20.5h7M12 14V8M9.2 10.5 12 7.7l2.8 2.8',
);
export const SettingsIcon = path(
  'M4 7h9M17.5 7H20M4 17h2.5M11 17h9M15.2 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8.8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
);
export const MoreIcon = icon(
  <>
    <circle cx="5" cy="12" r="1.2" fill="currentColor" />
    <circle cx="12" cy="12" r="1.2" fill="currentColor" />
    <circle cx="19" cy="12" r="1.2" fill="currentColor" />
  </>,
);
export const PinIcon = path('M9 4h6l-.7 6 3.2 3.5V15h-11v-1.5L9.7 10ZM12 15v5.5');
export const PreviousIcon = path('M14.5 6l-6 6 6 6');
export const NextIcon = path('M9.5 6l6 6-6 6');
export const LockIcon = path(
  'M7 10.5h10a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19v-7A1.5 1.5 0 0 1 7 10.5ZM8 10.5V8a4 4 0 0 1 8 0v2.5',
);
export const HandIcon = path(
  'M8 12.5V5.7a1.4 1.4 0 0 1 2.8 0V11M10.8 10.5V4.4a1.4 1.4 0 0 1 2.8 0v6.1M13.6 10.5V5.9a1.4 1.4 0 0 1 2.8 0V13M16.4 11V8.9a1.4 1.4 0 0 1 2.8 0V15a6 6 0 0 1-6 6h-.8a6 6 0 0 1-4.7-2.3l-3.5-4.5a1.45 1.45 0 0 1 2.2-1.9L8 14',
);
export const CaptionsIcon = path(
  'M5 4.5h14a2.5 2.5 0 0 1 2.5 2.5v10a2.5 2.5 0 0 1-2.5 2.5H5A2.5 2.5 0 0 1 2.5 17V7A2.5 2.5 0 0 1 5 4.5ZM10.5 10.2a2.3 2.3 0 1 0 0 3.6M17.5 10.2a2.3 2.3 0 1 0 0 3.6',
);
export const SmileIcon = path(
  'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM8.5 14a4.2 4.2 0 0 0 7 0M9.2 9.5v.1M14.8 9.5v.1',
);
export const EndIcon = path('M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM9 9l6 6M15 9l-6 6');
export const InfoIcon = path('M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5M12 8v.1');
