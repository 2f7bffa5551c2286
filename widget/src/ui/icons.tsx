import type { ComponentChildren, JSX } from 'preact';

export type Icon = () => JSX.Element;

export const icon =
  (content: ComponentChildren): Icon =>
  () => (
    <svg
      viewBox="0 0 24 24"
      width="22"
      height="22"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {content}
    </svg>
  );

export const path = (d: string): Icon => icon(<path d={d} />);

export const MicIcon = path(
  'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
);
export const MicOffIcon = path(
  'M4 4l16 16M9 9v2a3 3 0 0 0 4.6 2.5M15 11V6a3 3 0 0 0-5.7-1.3M5.5 11a6.5 6.5 0 0 0 10.4 5.2M18.5 11a6.5 6.5 0 0 1-.6 2.7M12 17.5V21',
);
export const CameraIcon = path(
  'M5 6.5h8a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-2.5 2.5H5A2.5 2.5 0 0 1 2.5 15V9A2.5 2.5 0 0 1 5 6.5ZM15.5 11l4.7-3a.8.8 0 0 1 1.3.7v6.6a.8.8 0 0 1-1.3.7l-4.7-3',
);
export const CameraOffIcon = path(
  'M3.5 3.5l17 17M10 6.5h3A2.5 2.5 0 0 1 15.5 9v3l4.7 4a.8.8 0 0 0 1.3-.7V8.7a.8.8 0 0 0-1.3-.7l-4.7 3M15.4 15.5A2.5 2.5 0 0 1 13 17.5H5A2.5 2.5 0 0 1 2.5 15V9A2.5 2.5 0 0 1 5 6.5h1.3',
);
export const PeopleIcon = path(
  'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5v-.5a5 5 0 0 1 5-5h3a5 5 0 0 1 5 5v.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.3a5 5 0 0 1 3.5 4.7v.5',
);
export const ChatIcon = path(
  'M20.5 11.5a7.5 7.5 0 0 1-7.5 7.5H5.2a.7.7 0 0 1-.5-1.2L6 16.4a7.5 7.5 0 1 1 14.5-4.9ZM9.5 10.2h7M9.5 13.3h4.5',
);
export const GridIcon = path(
  'M5 4h4.5v6.5H4V5a1 1 0 0 1 1-1ZM14.5 4H19a1 1 0 0 1 1 1v5.5h-5.5ZM4 14h5.5v6H5a1 1 0 0 1-1-1ZM14.5 14H20v5a1 1 0 0 1-1 1h-4.5Z',
);
export const SpeakerViewIcon = path(
  'M5 4.5h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2ZM16 4.5v15M16 9.5h5M16 14.5h5',
);
export const PairIcon = path(
  'M5 4.5h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2ZM13 13h5v3.5h-5Z',
);
export const MoveIcon = path(
  'M12 3v18M3 12h18M12 3 9.5 5.5M12 3l2.5 2.5M12 21l-2.5-2.5M12 21l2.5-2.5M3 12l2.5-2.5M3 12l2.5 2.5M21 12l-2.5-2.5M21 12l-2.5 2.5',
);
export const FullscreenIcon = path(
  'M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4M9 20H5a1 1 0 0 1-1-1v-4',
);
export const CheckIcon = path('M5 12.5l4.5 4.5L19 7.5');
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
export const LeaveIcon = path('M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15.5 16.5 20 12l-4.5-4.5M20 12H9.5');
export const CloseIcon = path('M6 6l12 12M18 6 6 18');
export const SendIcon = path(
  'M4.5 12 3.6 5.3a.8.8 0 0 1 1.2-.8l15.5 6.8a.8.8 0 0 1 0 1.4L4.8 19.5a.8.8 0 0 1-1.2-.8ZM4.5 12h7.5',
);
export const PinIcon = path('M9 4h6l-.7 6 3.2 3.5V15h-11v-1.5L9.7 10ZM12 15v5.5');
export const WarningIcon = path('M12 4.2 2.9 19.5h18.2ZM12 10v4.5M12 17.2v.1');
export const RoomIcon = path(
  'M3 8a2.5 2.5 0 0 1 2.5-2.5H13A2.5 2.5 0 0 1 15.5 8v8a2.5 2.5 0 0 1-2.5 2.5H5.5A2.5 2.5 0 0 1 3 16ZM15.5 11 21 7.5v9L15.5 13',
);
export const PreviousIcon = path('M14.5 6l-6 6 6 6');
export const NextIcon = path('M9.5 6l6 6-6 6');
export const ClockIcon = path('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2');
export const LockIcon = path(
  'M7 10.5h10a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19v-7A1.5 1.5 0 0 1 7 10.5ZM8 10.5V8a4 4 0 0 1 8 0v2.5',
);
export const DownIcon = path('M12 5v14M6.5 13.5 12 19l5.5-5.5');
