import { path } from './icons.tsx';

// Icons of panels and dialogs over and beside the stage.
export const SpeakerViewIcon = path(
  'M5 4.5h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2ZM16 4.5v15M16 9.5h5M16 14.5h5',
);
export const PairIcon = path(
  'M5 4.5h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2ZM13 13h5v3.5h-5Z',
);
export const PipIcon = path('M10.5 18.5H5a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2V10M13.5 13.5h8v6h-8Z');
export const FullscreenIcon = path(
  'M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4M9 20H5a1 1 0 0 1-1-1v-4',
);
export const CheckIcon = path('M5 12.5l4.5 4.5L19 7.5');
export const SendIcon = path(
  'M4.5 12 3.6 5.3a.8.8 0 0 1 1.2-.8l15.5 6.8a.8.8 0 0 1 0 1.4L4.8 19.5a.8.8 0 0 1-1.2-.8ZM4.5 12h7.5',
);
export const DownIcon = path('M12 5v14M6.5 13.5 12 19l5.5-5.5');
export const UnlockIcon = path(
  'M7 10.5h10a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19v-7A1.5 1.5 0 0 1 7 10.5ZM8 10.5V8a4 4 0 0 1 7.7-1.5',
);
export const StarIcon = path('M12 4l2.4 5 5.5.7-4 3.8 1 5.5-4.9-2.7L7.1 19l1-5.5-4-3.8 5.5-.7Z');
export const RemoveIcon = path(
  'M9.5 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2.5 20v-.5A5.5 5.5 0 0 1 8 14h3a5.5 5.5 0 0 1 5.5 5.5v.5M17 8.5h5',
);
export const InviteIcon = path(
  'M9.5 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2.5 20v-.5A5.5 5.5 0 0 1 8 14h3a5.5 5.5 0 0 1 5.5 5.5v.5M19.5 6v5M17 8.5h5',
);
export const EditIcon = path('M4 20h3.5L19 8.5 15.5 5 4 16.5ZM13 7.5l3.5 3.5');
export const CopyIcon = path(
  'M10.5 8h7A2.5 2.5 0 0 1 20 10.5v7a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 8 17.5v-7A2.5 2.5 0 0 1 10.5 8ZM16 8V6.5A2.5 2.5 0 0 0 13.5 4h-7A2.5 2.5 0 0 0 4 6.5v7A2.5 2.5 0 0 0 6.5 16H8',
);
export const CalendarIcon = path(
  'M6.5 5h11A2.5 2.5 0 0 1 20 7.5v10a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5v-10A2.5 2.5 0 0 1 6.5 5ZM8 3v4M16 3v4M4 10h16',
);
export const DownloadIcon = path('M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14');
export const ReplyIcon = path('M9.5 6 4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6V19');
