import '../../../view/transcriptionTexts.ts';

/** What the home screen shows of transcripts, and the player, which has them beside it: a chunk of its own. */
export { Player } from './Player.tsx';
export { Transcripts } from './Transcripts.tsx';
