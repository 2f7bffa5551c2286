import '../../../view/transcriptionTexts.ts';

/** Transcripts on the home screen, and the player, which shows them beside a recording: a chunk of its own. */
export { Player } from './Player.tsx';
export { Transcripts } from './Transcripts.tsx';
