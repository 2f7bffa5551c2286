import type { Participant } from '@meetframe/contract';
import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { WantedVideo } from '../model/meeting/receiving.ts';
import { type Area, type Corner, cornerAt, corners, isCompact, type Place } from './layout.ts';
import { isShownMuted } from './muted.ts';
import { pageOf } from './stageOrder.ts';

/** `auto` shows a single other participant large and the user in a corner, and more participants in a grid. */
export const stageLayouts = ['auto', 'grid', 'speaker'] as const;
export type StageLayout = (typeof stageLayouts)[number];
type Candidate = {
  key: string;
  member: Participant;
  isSelf: boolean;
  source: 'camera' | 'screen';
};
export type StageTile = Candidate & {
  place: Place;
  isPinned: boolean;
  isMuted: boolean;
  /** As in a mirror: the own camera, unless it looks away from the user. */
  isMirrored: boolean;
  /** In a corner above a large tile. */
  isFloating: boolean;
  /** Where another tile floats above this one, and how much of that corner is not seen, in CSS pixels. */
  covered: { corner: Corner; width: number } | undefined;
  /** Id of the element, where the page asked for one. */
  domId: string | undefined;
  /** Name of the tile, if it is one of the two that exist from the start: the user's own, or the last speaker's. */
  role: string | undefined;
  stream: ReadonlySignal<MediaStream | undefined>;
};

/** Volume from which a participant is shown as speaking. */
const speakingVolume = 0.08;

/** The tiles on the stage, their places, and the videos that the server has to send for them. */
export const StageView = createModel((app: AppModel) => {
  const { devices } = app;
  const { roster, speakers, tiles: byPage, streams, receiving, share, publishing } = app.meeting;
  const { lastSpeaker, lastSpeakerTag } = byPage;
  const size = signal<Area>({ width: 0, height: 0 });
  const pixelRatio = signal(1);
  const layout = signal<StageLayout>('auto');
  const isSelfHidden = signal(false);
  const corner = signal<Corner>('bottom-right');
  const page = signal(0);
  const pinnedKey = signal<string | undefined>(undefined);

  const domIds = computed(() => new Map([...byPage.named.value].map(([domId, clientId]) => [clientId, domId])));

  /** The user's own screen has a tile only if the page names one, because the user usually sees the screen itself. */
  const showsScreenOf = (id: number, isSelf: boolean): boolean =>
    isSelf ? share.own.value?.domId !== undefined : share.watched.value?.client.id === id;

  /** Without automatic play a video that gave way to a newer one has no tile either. */
  const isOnStage = (id: number): boolean =>
    byPage.shown.value.has(id) && (byPage.autoPlay.value || !byPage.replaced.value.has(id));
  const candidates = computed<Candidate[]>(() =>
    roster.members.value.flatMap((member): Candidate[] => {
      const { id } = member.client;
      const isSelf = member === roster.self.value;
      const tile = (source: Candidate['source']): Candidate => ({ key: `${source}-${id}`, member, isSelf, source });
      return [
        ...(isSelf || isOnStage(id) ? [tile('camera')] : []),
        ...(showsScreenOf(id, isSelf) ? [tile('screen')] : []),
      ];
    }),
  );

  const pinned = computed(() => candidates.value.find(({ key }) => key === pinnedKey.value));

  const focused = computed<Candidate | undefined>(() => {
    if (pinned.value) return pinned.value;
    const screen = candidates.value.find(({ source, isSelf }) => source === 'screen' && !isSelf);
    if (screen) return screen;
    const isPair = layout.value === 'auto' && candidates.value.length === 2;
    if (layout.value !== 'speaker' && !isPair && !isCompact(size.value)) return undefined;
    const ofSpeaker = candidates.value.find(({ member }) => member.client.id === lastSpeaker.value);
    return ofSpeaker ?? candidates.value.find(({ isSelf }) => !isSelf) ?? candidates.value[0];
  });

  const shownOf = (all: Candidate[]): Candidate[] => {
    if (isCompact(size.value))
      return all.filter((each) => each === focused.value || (each.isSelf && !isSelfHidden.value));
    return isSelfHidden.value && all.length > 1 ? all.filter(({ isSelf }) => !isSelf) : all;
  };
  const current = computed(() => {
    const items = shownOf(candidates.value);
    const focus = focused.value;
    const [own] = items.filter((each) => each.isSelf && each !== focus);
    // In a small frame the controls lie above the lower corners.
    const place = isCompact(size.value) ? (corner.value.replace('bottom', 'top') as Corner) : corner.value;
    const isFloating = own !== undefined && focus !== undefined && items.length === 2;
    return pageOf({
      items,
      area: size.value,
      page: page.value,
      focus,
      speaker: items.find(({ member }) => member.client.id === lastSpeaker.value),
      floating: isFloating ? { item: own, corner: place } : undefined,
    });
  });

  /** The page's names of a tile. */
  const namesOf = ({ source, isSelf, member: { client } }: Candidate): Pick<StageTile, 'domId' | 'role'> => {
    if (source === 'screen') return { domId: isSelf ? share.own.value?.domId : share.domId.value, role: undefined };
    const isLastSpeaker = client.id === lastSpeaker.value;
    const tag = lastSpeakerTag.value;
    const role = isSelf ? 'local' : isLastSpeaker ? (tag ?? 'remote') : undefined;
    return { domId: domIds.value.get(client.id) ?? (isLastSpeaker ? tag : undefined), role };
  };
  const ownScreen = computed(() => share.own.value?.stream);
  const streamOf = ({ source, isSelf, member: { client } }: Candidate) =>
    isSelf ? (source === 'screen' ? ownScreen : devices.cameraStream) : streams.of(client.id, source);

  const tiles = computed<StageTile[]>(() => {
    const { floating } = current.value;
    const placed = current.value.placed.map(({ item, place }): StageTile => {
      const isPinned = item.key === pinned.value?.key;
      const isMuted = isShownMuted(app, item.member);
      const isFloating = item === floating?.item;
      const covered = isFloating ? undefined : floating;
      const isMirrored = item.isSelf && item.source === 'camera' && devices.isCameraMirrored.value;
      return {
        ...item,
        place,
        isPinned,
        isFloating,
        covered,
        isMuted,
        isMirrored,
        ...namesOf(item),
        stream: streamOf(item),
      };
    });
    // A stable order in the document: videos keep playing, and the reading order does not change with the active
    // speaker.
    const order = new Map(candidates.value.map(({ key }, index) => [key, index]));
    return placed.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
  });

  const isAlone = computed(() => roster.members.value.length <= 1);

  const isSpeaking = (member: Participant): boolean => {
    const { client } = member;
    if (client.isMuted) return false;
    if ((speakers.volumes.value.get(client.id) ?? 0) > speakingVolume) return true;
    if (member === roster.self.value)
      return publishing.microphone.isOn.value && devices.microphoneLevel.value > speakingVolume;
    return speakers.active.value === client.id;
  };
  // Volumes change ten times a second, the set of speaking participants does not: a text of their ids compares as
  // equal, so that the stage does not render again.
  const speakingIds = computed(() =>
    roster.members.value
      .filter(isSpeaking)
      .map(({ client }) => client.id)
      .join(),
  );
  const speaking = computed<ReadonlySet<number>>(() => new Set(speakingIds.value.split(',').map(Number)));

  const wanted = computed(() => {
    const remote: WantedVideo[] = tiles.value
      .filter(({ isSelf }) => !isSelf)
      .map(({ member, source, place }) => ({
        clientId: member.client.id,
        source,
        maxSide: Math.ceil(Math.max(place.width, place.height) * pixelRatio.value),
      }));
    return { remote, pinned: pinned.value && !pinned.value.isSelf ? pinned.value.member.client.id : null };
  });

  let shown = '';
  effect(() => {
    if (size.value.width === 0) {
      // While the stage is not shown, another view may set the wanted videos.
      shown = '';
      return;
    }
    const { remote, pinned: pinnedId } = wanted.value;
    const next = JSON.stringify([remote, pinnedId]);
    if (next === shown) return;
    shown = next;
    receiving.show(remote, pinnedId);
  });

  const turnTo = (next: number) => () => {
    page.value = next;
  };

  return {
    layout,
    /** Of the lines, for the signs on the tiles. */
    quality: app.meeting.quality,
    tiles,
    /**
     * How many pages the tiles take, which of them is shown (the first is 0), and the functions that turn the pages.
     */
    pages: computed(() => current.value.pages),
    page: computed(() => current.value.page),
    previousPage: computed(() => (current.value.page > 0 ? turnTo(current.value.page - 1) : undefined)),
    nextPage: computed(() =>
      current.value.page < current.value.pages - 1 ? turnTo(current.value.page + 1) : undefined,
    ),
    focused: computed(() => focused.value?.key),
    isAlone,
    speaking,
    resize(area: Area, ratio: number): void {
      const { width, height } = size.peek();
      pixelRatio.value = ratio;
      if (width !== area.width || height !== area.height) size.value = area;
    },
    arrange(next: StageLayout): void {
      pinnedKey.value = undefined;
      page.value = 0;
      layout.value = next;
    },
    isSelfHidden,
    hideSelf(hidden: boolean): void {
      isSelfHidden.value = hidden;
    },
    /** Moves the floating tile to the corner nearest to a point of the stage, or to the next corner. */
    moveFloating(to?: { x: number; y: number }): void {
      const next = corners[(corners.indexOf(corner.peek()) + 1) % corners.length] as Corner;
      corner.value = to ? cornerAt(size.peek(), to) : next;
    },
    togglePin(key: string): void {
      pinnedKey.value = pinnedKey.value === key ? undefined : key;
    },
  };
});
