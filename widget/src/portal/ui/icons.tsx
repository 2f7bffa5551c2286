import { icon, path } from '../../ui/icons.tsx';

export const FilmIcon = path(
  'M5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5v-9A2.5 2.5 0 0 1 5.5 5ZM10 9v6l5-3Z',
);
export const PlusIcon = path('M12 5v14M5 12h14');
export const TrashIcon = path('M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.2 10.5v5M13.8 10.5v5');
export const SearchIcon = path('M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20');
export const PlayIcon = icon(<path d="M8 5.5v13l10.5-6.5Z" fill="currentColor" />);
export const EyeIcon = path(
  'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
);
export const EyeOffIcon = path(
  'M4 4l16 16M9.9 5.7A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-2.7 3.5M6.2 7.2A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.2-1.1M9.9 9.9a3 3 0 0 0 4.2 4.2',
);
export const UserIcon = path(
  'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20v-.5A5.5 5.5 0 0 1 10 14h4a5.5 5.5 0 0 1 5.5 5.5v.5',
);
export const DoorIcon = path('M6 20V5.5A1.5 1.5 0 0 1 7.5 4h9A1.5 1.5 0 0 1 18 5.5V20M3.5 20h17M14.5 12v.1');
export const PresentIcon = path(
  'M3.5 5h17M5 5v9a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V5M12 16v4M8.5 20h7M9 11.5l2-2 1.5 1.5L15 8.5',
);
export const GlobeIcon = path(
  'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.5 12h17M12 3.5c2.3 2.3 3.5 5.2 3.5 8.5s-1.2 6.2-3.5 8.5c-2.3-2.3-3.5-5.2-3.5-8.5S9.700 5.800 12 3.500Z',
);
