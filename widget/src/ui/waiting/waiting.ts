import '../../view/waitingTexts.ts';

/** What one sees of a waiting room, in it and as the moderator: one chunk, as few meetings have one. */
export { Waiting } from './Waiting.tsx';
export { WaitingList } from './WaitingList.tsx';
export { WaitingNotice } from './WaitingNotice.tsx';
export { WaitingSwitch } from './WaitingSwitch.tsx';
