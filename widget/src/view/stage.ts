import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel, Member, Tile } from '../model/types.ts';
import type { Area, Place } from './layout.ts';
import { pageOf } from './stageOrder.ts';

export type StageLayout = 'grid' | 'speaker';
export type StageTile = {
  key: string;
  member: Member;
  source: 'camera' | 'screen';
  place: Place;
  isPinned: boolean;
  /** Id of the element, where the page asked for one. */
  domId: string | undefined;
  /** Which of the two tiles it is that exist from the start: one's own, or the voice-switched one, under the name that it has. */
  role: string | undefined;
};

type Candidate = { key: string; member: Member; source: 'camera' | 'screen' };

/** Loud enough to draw a ring around somebody. */
const speakingVolume = 0.08;

/** What is on the stage, where, and what the server has to send for it. */
export const StageView = createModel((app: AppModel) => {
  const { meeting, devices } = app;
  const size = signal<Area>({ width: 0, height: 0 });
  const pixelRatio = signal(1);
  const layout = signal<StageLayout>('grid');
  const page = signal(0);
  const pinnedKey = signal<string | undefined>(undefined);

  const domIds = computed(() => new Map([...meeting.named.value].map(([domId, clientId]) => [clientId, domId])));

  const candidates = computed<Candidate[]>(() => {
    const closed = meeting.closed.value;
    const onlyNamed = !app.autoPlay.value;
    const voice = meeting.voiceTag.value === undefined ? undefined : meeting.voice.value;
    return meeting.members.value.flatMap((member) => {
      const { id } = member.client;
      const isShown = member.isSelf || (!closed.has(id) && (!onlyNamed || domIds.value.has(id) || id === voice));
      if (!isShown) return [];
      const camera: Candidate = { key: `camera-${id}`, member, source: 'camera' };
      const sharesScreen = !member.isSelf && member.screen;
      return sharesScreen ? [camera, { key: `screen-${id}`, member, source: 'screen' as const }] : [camera];
    });
  });

  const pinned = computed(() => candidates.value.find(({ key }) => key === pinnedKey.value));

  const focused = computed<Candidate | undefined>(() => {
    if (pinned.value) return pinned.value;
    const screen = candidates.value.find(({ source }) => source === 'screen');
    if (screen) return screen;
    if (layout.value === 'grid') return undefined;
    const ofSpeaker = candidates.value.find(({ member }) => member.client.id === meeting.voice.value);
    return ofSpeaker ?? candidates.value.find(({ member }) => !member.isSelf) ?? candidates.value[0];
  });

  const current = computed(() =>
    pageOf({
      items: candidates.value,
      area: size.value,
      page: page.value,
      focus: focused.value,
      speaker: candidates.value.find(({ member }) => member.client.id === meeting.voice.value),
    }),
  );

  /** What the page calls a tile: pictures have names, screens have none. */
  const namesOf = ({ source, member: { client, isSelf } }: Candidate): Pick<StageTile, 'domId' | 'role'> => {
    if (source === 'screen') return { domId: undefined, role: undefined };
    const voice = client.id === meeting.voice.value;
    const role = isSelf ? 'local' : voice ? (meeting.voiceTag.value ?? 'remote') : undefined;
    return { domId: domIds.value.get(client.id) ?? (voice ? meeting.voiceTag.value : undefined), role };
  };

  const tiles = computed<StageTile[]>(() => {
    const placed = current.value.placed.map(({ item, place }): StageTile => {
      const isPinned = item.key === pinned.value?.key;
      return { ...item, place, isPinned, ...namesOf(item) };
    });
    // A stable order in the document: videos keep playing and the order of reading does not jump with the speaker.
    const order = new Map(candidates.value.map(({ key }, index) => [key, index]));
    return placed.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
  });

  const hiddenCount = computed(() => (size.value.width === 0 ? 0 : candidates.value.length - tiles.value.length));
  const isAlone = computed(() => meeting.members.value.length <= 1);

  const isSpeaking = ({ client, isSelf }: Member): boolean => {
    if (client.isMuted) return false;
    if ((meeting.volumes.value.get(client.id) ?? 0) > speakingVolume) return true;
    if (isSelf) return devices.microphoneOn.value && devices.microphoneLevel.value > speakingVolume;
    return meeting.activeSpeaker.value === client.id;
  };
  // Volumes change ten times a second, who speaks does not: the text in between keeps the stage from drawing again.
  const speakingIds = computed(() =>
    meeting.members.value
      .filter(isSpeaking)
      .map(({ client }) => client.id)
      .join(),
  );
  const speaking = computed<ReadonlySet<number>>(() => new Set(speakingIds.value.split(',').map(Number)));

  const wanted = computed(() => {
    const remote: Tile[] = tiles.value
      .filter(({ member }) => !member.isSelf)
      .map(({ member, source, place }) => ({
        clientId: member.client.id,
        source,
        maxSide: Math.ceil(Math.max(place.width, place.height) * pixelRatio.value),
      }));
    const pinnedMember = pinned.value?.member;
    return { remote, pinned: pinnedMember && !pinnedMember.isSelf ? pinnedMember.client.id : null };
  });

  let shown = '';
  effect(() => {
    if (size.value.width === 0) return;
    const { remote, pinned: pinnedId } = wanted.value;
    const next = JSON.stringify([remote, pinnedId]);
    if (next === shown) return;
    shown = next;
    meeting.show(remote, pinnedId);
  });

  const turnTo = (next: number) => () => {
    page.value = next;
  };

  return {
    layout,
    tiles,
    /** How many pages the tiles take, which of them is shown (the first is 0), and the ways to the next ones. */
    pages: computed(() => current.value.pages),
    page: computed(() => current.value.page),
    previousPage: computed(() => (current.value.page > 0 ? turnTo(current.value.page - 1) : undefined)),
    nextPage: computed(() =>
      current.value.page < current.value.pages - 1 ? turnTo(current.value.page + 1) : undefined,
    ),
    focused: computed(() => focused.value?.key),
    hiddenCount,
    isAlone,
    speaking,
    resize(area: Area, ratio: number): void {
      const { width, height } = size.peek();
      pixelRatio.value = ratio;
      if (width !== area.width || height !== area.height) size.value = area;
    },
    toggleLayout(): void {
      pinnedKey.value = undefined;
      page.value = 0;
      layout.value = layout.value === 'grid' ? 'speaker' : 'grid';
    },
    togglePin(key: string): void {
      pinnedKey.value = pinnedKey.value === key ? undefined : key;
    },
  };
});
