import '../../view/waitingTexts.ts';

/** The interface of the waiting room, for people in it and for the moderator: one chunk, as few meetings have one. */
export { Waiting } from './Waiting.tsx';
export { WaitingList } from './WaitingList.tsx';
export { WaitingNotice } from './WaitingNotice.tsx';
export { WaitingSwitch } from './WaitingSwitch.tsx';
