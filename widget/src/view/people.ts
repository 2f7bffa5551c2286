import type { Participant } from '@meetframe/contract';
import { computed, createModel, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { ModeratingModel, PersonAction } from './moderating.ts';
import { isShownMuted } from './muted.ts';

export type Person = {
  id: number;
  name: string;
  picture: string | null;
  isSelf: boolean;
  isModerator: boolean;
  isMuted: boolean;
  hasCamera: boolean;
  isConnected: boolean;
  /** Place in the order of raised hands, from 1; `undefined` while the hand is down. */
  hand: number | undefined;
  actions: PersonAction[];
};

/** From this number of participants on the list can be searched. */
const searchable = 8;
/** For comparing names without case, width and accents. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();

/** The list of participants, and what the user may do with them. */
export const PeopleView = createModel((app: AppModel, moderating: ModeratingModel) => {
  const { roster } = app.meeting;
  const search = signal('');
  const hands = computed(
    () =>
      new Map(
        roster.members.value
          .filter(({ hand }) => hand !== null)
          .sort((a, b) => (a.hand ?? 0) - (b.hand ?? 0))
          .map(({ client }, index) => [client.id, index + 1]),
      ),
  );
  const personOf = (member: Participant): Person => {
    const { client, video, connected } = member;
    const { id, name, pictureurl: picture } = client;
    return {
      ...{ id, name, picture },
      isSelf: member === roster.self.value,
      isModerator: moderating.isModerator(member),
      isMuted: isShownMuted(app, member),
      hasCamera: video || app.isAudioOnly.value,
      isConnected: connected,
      hand: hands.value.get(id),
      actions: moderating.actionsFor(member),
    };
  };
  const all = computed(() => roster.members.value.map(personOf));
  const found = computed(() => {
    const wanted = plain(search.value);
    return wanted === '' ? all.value : all.value.filter(({ name }) => plain(name).includes(wanted));
  });
  return {
    count: computed(() => roster.members.value.length),
    /** Participants who have raised a hand, the earliest first; `people`: all. */
    raised: computed(() =>
      found.value.filter(({ hand }) => hand !== undefined).sort((a, b) => (a.hand ?? 0) - (b.hand ?? 0)),
    ),
    people: found,
    search,
    isSearchable: computed(() => roster.members.value.length >= searchable || search.value !== ''),
    find(text: string): void {
      search.value = text;
    },
  };
});
