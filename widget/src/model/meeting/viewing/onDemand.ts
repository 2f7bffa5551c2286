import { createModel } from '@preact/signals';
import { AudioMode } from './audioMode.ts';
import { Layers } from './layers.ts';
import { Played } from './played.ts';

export type ChoicesModel = InstanceType<typeof Choices>;
type Deps = ConstructorParameters<typeof AudioMode>[0] &
  ConstructorParameters<typeof Layers>[0] &
  ConstructorParameters<typeof Played>[0];

/** What a page or the user chooses about the videos beyond their tiles. A chunk of its own: few meetings need it. */
export const Choices = createModel((deps: Deps) => ({
  audioMode: new AudioMode(deps),
  layers: new Layers(deps),
  played: new Played(deps),
  /** Turns the last speaker's tile on or off (3.43). */
  followSpeaker(follows: boolean): void {
    const { roster, tiles } = deps;
    roster.ownClient();
    tiles.followsSpeaker.value = follows;
    // Without automatic play there is such a tile only if it has a name.
    if (follows && !tiles.autoPlay.peek()) tiles.lastSpeakerTag.value ??= 'remote';
  },
}));
