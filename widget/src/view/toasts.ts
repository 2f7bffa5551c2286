import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { type Happening, Happenings } from '../model/meeting/happenings.ts';
import { ofScreen } from '../model/meeting/ofScreen.ts';
import type { TextParams } from './fill.ts';
import type { TextKey } from './i18n.ts';

/** A short message that goes by itself. */
export type Toast = { key: number; text: TextKey; params: TextParams; isChat: boolean };
export type Sound = 'joined' | 'chat' | 'hand' | 'recording' | 'knock';

/** How long a toast is shown, and how long people who come or go are collected, in milliseconds. */
const shownFor = 5000;
const collectFor = 600;
const mostShown = 3;
/** In larger meetings people come and go without a sound and a toast. */
const quietFrom = 20;
const longestPreview = 120;

const crowd = (kind: 'joined' | 'left', names: readonly string[]): [TextKey, TextParams] => {
  const [first = '', second = ''] = names;
  if (names.length === 1) return [`toast.${kind}`, { name: first }];
  if (names.length === 2) return [`toast.${kind}Two`, { first, second }];
  return [`toast.${kind}Many`, { name: first, count: names.length - 1 }];
};

/** What others do in the meeting, as toasts and sounds; screen readers read the toasts. */
export const ToastsView = createModel(
  (app: AppModel, deps: { isChatOpen: ReadonlySignal<boolean>; play: (sound: Sound) => void }) => {
    const toasts = signal<readonly Toast[]>([]);
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const later = (delay: number, run: () => void): void => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, delay);
      timers.add(timer);
    };
    let keys = 0;
    const dismiss = (key: number): void => {
      toasts.value = toasts.peek().filter((toast) => toast.key !== key);
    };
    const show = ([text, params]: [TextKey, TextParams], isChat = false): void => {
      const key = ++keys;
      toasts.value = [...toasts.peek(), { key, text, params, isChat }].slice(-mostShown);
      later(shownFor, () => dismiss(key));
    };

    const waiting = { joined: [] as string[], left: [] as string[] };
    let isCollecting = false;
    const tellCrowd = (): void => {
      isCollecting = false;
      // Who came and went at once, as after a reload, is not worth a word.
      const { joined, left } = waiting;
      const both = joined.filter((name) => left.includes(name));
      for (const kind of ['left', 'joined'] as const) {
        const names = waiting[kind].filter((name) => !both.includes(name));
        waiting[kind] = [];
        if (names.length === 0) continue;
        show(crowd(kind, names));
        if (kind === 'joined') play('joined');
      }
    };
    const play = (sound: Sound): void => {
      if (app.sounds.peek()) deps.play(sound);
    };
    const textOf = (happening: Exclude<Happening, { names: string[] } | { text: string }>): [TextKey, TextParams] => {
      switch (happening.kind) {
        case 'moderator':
          return happening.name === undefined
            ? ['toast.youModerate', {}]
            : ['toast.moderator', { name: happening.name }];
        case 'renamed':
          return ['toast.renamed', { title: happening.title }];
        case 'recordEnded':
          return ['toast.recordEnded', {}];
        default:
          return [`toast.${happening.kind}`, { name: happening.name }];
      }
    };
    const hear = (happening: Happening): void => {
      if ('names' in happening) {
        const { kind } = happening;
        if (app.meeting.roster.participants.peek().size > quietFrom) return;
        waiting[kind].push(...happening.names);
        if (!isCollecting) later(collectFor, tellCrowd);
        isCollecting = true;
      } else if ('text' in happening) {
        if (deps.isChatOpen.peek()) return;
        play('chat');
        const { name, text, isPrivate } = happening;
        const preview = text.length > longestPreview ? `${text.slice(0, longestPreview)}…` : text;
        if (app.toasts.peek()) show([isPrivate ? 'toast.chatPrivate' : 'toast.chat', { name, text: preview }], true);
      } else {
        show(textOf(happening));
        if (happening.kind === 'hand' || happening.kind === 'recording') play(happening.kind);
      }
    };
    const happenings = ofScreen(app.meeting, Happenings);
    effect(() => happenings.on(hear));
    effect(() =>
      app.devices.onSwitched(({ how, kind, label }) => show([`device.${how}.${kind}`, { label: label || '…' }])),
    );
    effect(() => {
      if (deps.isChatOpen.value) toasts.value = toasts.peek().filter(({ isChat }) => !isChat);
    });
    effect(() => () => {
      for (const timer of timers) clearTimeout(timer);
    });
    return { toasts, dismiss, isVisual: app.toasts };
  },
);
