import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel, Member, Tile } from '../model/types.ts';
import { type Area, fitting, focusPlaces, gridPlaces, type Place } from './layout.ts';

export type StageLayout = 'grid' | 'speaker';
export type StageTile = {
  key: string;
  member: Member;
  source: 'camera' | 'screen';
  place: Place;
  isPinned: boolean;
  /** Id of the element, where the page asked for one. */
  domId: string | undefined;
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
  const pinnedKey = signal<string | undefined>(undefined);
  /** Who spoke last keeps the large tile through a silence; oneself never takes it. */
  const lastSpeaker = signal<number | undefined>(undefined);

  effect(() => {
    const speaker = meeting.activeSpeaker.value;
    if (speaker !== null && speaker !== meeting.self.value?.client.id) lastSpeaker.value = speaker;
  });

  const domIds = computed(() => new Map([...meeting.named.value].map(([domId, clientId]) => [clientId, domId])));

  const candidates = computed<Candidate[]>(() => {
    const closed = meeting.closed.value;
    const onlyNamed = !app.autoPlay.value;
    return meeting.members.value.flatMap((member) => {
      const { id } = member.client;
      const isShown = member.isSelf || (!closed.has(id) && (!onlyNamed || domIds.value.has(id)));
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
    const ofSpeaker = candidates.value.find(({ member }) => member.client.id === lastSpeaker.value);
    return ofSpeaker ?? candidates.value.find(({ member }) => !member.isSelf) ?? candidates.value[0];
  });

  const tiles = computed<StageTile[]>(() => {
    const area = size.value;
    if (area.width === 0 || area.height === 0) return [];
    const focus = focused.value;
    const ordered = focus
      ? [focus, ...candidates.value.filter((candidate) => candidate !== focus)]
      : [...candidates.value];
    const places = focus ? focusPlaces(ordered.length, area) : gridPlaces(fitting(ordered.length, area), area);
    const speaking = ordered.findIndex(({ member }) => member.client.id === lastSpeaker.value);
    const last = places.length - 1;
    // Who speaks must be seen: the speaker takes the last place that is visible.
    if (speaking > last && last > 0) ordered.splice(last, 0, ...ordered.splice(speaking, 1));
    const placed = places.flatMap((place, index): StageTile[] => {
      const candidate = ordered[index];
      if (!candidate) return [];
      const isPinned = candidate.key === pinned.value?.key;
      const domId = candidate.source === 'camera' ? domIds.value.get(candidate.member.client.id) : undefined;
      return [{ ...candidate, place, isPinned, domId }];
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

  return {
    layout,
    tiles,
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
      layout.value = layout.value === 'grid' ? 'speaker' : 'grid';
    },
    togglePin(key: string): void {
      pinnedKey.value = pinnedKey.value === key ? undefined : key;
    },
  };
});
