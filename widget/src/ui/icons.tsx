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
export const LeaveIcon = path('M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15.5 16.5 20 12l-4.5-4.5M20 12H9.5');
export const CloseIcon = path('M6 6l12 12M18 6 6 18');
export const WarningIcon = path('M12 4.2 2.9 19.5h18.2ZM12 10v4.5M12 17.2v.1');
export const RoomIcon = path(
  'M3 8a2.5 2.5 0 0 1 2.5-2.5H13A2.5 2.5 0 0 1 15.5 8v8a2.5 2.5 0 0 1-2.5 2.5H5.5A2.5 2.5 0 0 1 3 16ZM15.5 11 21 7.5v9L15.5 13',
);
export const ClockIcon = path('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2');
