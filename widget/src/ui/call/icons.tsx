import { path } from '../icons.tsx';

export const CallIcon = path(
  'M6.5 4h2.2l1.6 4-2 1.5a12 12 0 0 0 6.2 6.2l1.500-2 4 1.6v2.2a2 2 0 0 1-2.2 2A15.500 15.500 0 0 1 4.5 6.2 2 2 0 0 1 6.500 4Z',
);
export const HangUpIcon = path(
  'M3.500 13.5c5.500-4.700 11.500-4.700 17 0 .5.500.500 1.200.1 1.7l-1.3 1.5a1.200 1.200 0 0 1-1.500.2l-2.3-1.400a1.200 1.200 0 0 1-.6-1.100v-1.600a11 11 0 0 0-5.800 0v1.600a1.200 1.200 0 0 1-.6 1.100l-2.300 1.400a1.200 1.200 0 0 1-1.500-.2l-1.300-1.500a1.200 1.200 0 0 1 .1-1.700Z',
);
export const BellOffIcon = path(
  'M4 4l16 16M8 5.6A5.500 5.500 0 0 1 17.500 9.500c0 2.500.5 4 1.300 5.200M6.500 9c0 3.500-.9 5.500-2 7h12M10 19.500a2.200 2.200 0 0 0 4 0',
);
export const ShrinkIcon = path('M4 5h16v14H4ZM12.500 12.500h5v4h-5ZM7 8l3.500 3.500M10.500 8.500v3h-3');
export const GrowIcon = path('M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7');
export const BringInIcon = path('M4 5h16v14H4ZM12 9v6M9 12h6');
