import type { ComponentChildren, JSX } from 'preact';

type Icon = () => JSX.Element;

const icon =
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

const path = (d: string): Icon => icon(<path d={d} />);

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
  'M3.5 3.5l17 17M10 6.5h3A2.5 2.5 0 0 1 15.5 9v3l4.7 4a.8.8 0 0 0 1.3-.7V8.700a.8.8 0 0 0-1.3-.7l-4.7 3M15.4 15.500A2.500 2.500 0 0 1 13 17.500H5A2.500 2.500 0 0 1 2.500 15V9A2.500 2.500 0 0 1 5 6.500h1.300',
);
export const PeopleIcon = path(
  'M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 19.500v-.500a5 5 0 0 1 5-5h3a5 5 0 0 1 5 5v.500M15.500 4.800a3.500 3.500 0 0 1 0 6.400M18 14.300a5 5 0 0 1 3.500 4.700v.500',
);
export const ChatIcon = path(
  'M20.500 11.500a7.500 7.500 0 0 1-7.500 7.500H5.200a.7.7 0 0 1-.5-1.200L6 16.400a7.500 7.500 0 1 1 14.500-4.900ZM9.500 10.200h7M9.500 13.300h4.500',
);
export const GridIcon = path(
  'M5 4h4.500v6.500H4V5a1 1 0 0 1 1-1ZM14.500 4H19a1 1 0 0 1 1 1v5.500h-5.500ZM4 14h5.500v6H5a1 1 0 0 1-1-1ZM14.500 14H20v5a1 1 0 0 1-1 1h-4.500Z',
);
export const SpeakerViewIcon = path(
  'M5 4.500h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2ZM16 4.500v15M16 9.500h5M16 14.500h5',
);
export const SettingsIcon = path(
  'M4 7h9M17.500 7H20M4 17h2.500M11 17h9M15.200 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM8.800 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z',
);
export const MoreIcon = icon(
  <>
    <circle cx="5" cy="12" r="1.200" fill="currentColor" />
    <circle cx="12" cy="12" r="1.200" fill="currentColor" />
    <circle cx="19" cy="12" r="1.200" fill="currentColor" />
  </>,
);
export const LeaveIcon = path('M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15.500 16.500 20 12l-4.500-4.500M20 12H9.500');
export const CloseIcon = path('M6 6l12 12M18 6 6 18');
export const SendIcon = path(
  'M4.500 12 3.600 5.300a.8.8 0 0 1 1.200-.8l15.500 6.800a.8.8 0 0 1 0 1.400L4.800 19.500a.8.8 0 0 1-1.200-.8ZM4.500 12h7.500',
);
export const PinIcon = path('M9 4h6l-.7 6 3.200 3.500V15h-11v-1.500L9.700 10ZM12 15v5.500');
export const WarningIcon = path('M12 4.200 2.900 19.500h18.200ZM12 10v4.500M12 17.200v.1');
export const SpeakerIcon = path(
  'M4 9.500v5h3.500l4.500 4v-13l-4.500 4ZM15.500 9a4 4 0 0 1 0 6M18 6.500a7.500 7.500 0 0 1 0 11',
);
export const CheckIcon = path('M5 12.500 10 17.500 19.500 7');
export const RoomIcon = path(
  'M3 8a2.500 2.500 0 0 1 2.500-2.500H13A2.500 2.500 0 0 1 15.500 8v8a2.500 2.500 0 0 1-2.500 2.500H5.500A2.500 2.500 0 0 1 3 16ZM15.500 11 21 7.500v9L15.500 13',
);
