export { MutedTalk } from '../model/meeting/mutedTalk.ts';
