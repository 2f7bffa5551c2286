import '../../../view/chatFilesTexts.ts';

export { Emoji } from '../Emoji.tsx';
export { AttachButton } from './AttachButton.tsx';
export { Drafts } from './Drafts.tsx';
export { FileLine } from './FileLine.tsx';
export { Transfers } from './Transfers.tsx';
