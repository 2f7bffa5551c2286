import * as z from 'zod/mini';
import { texts } from './beans/texts.ts';
import { text } from './beans/values.ts';
import { event, events, method, methods } from './define.ts';
import { everybody } from './may.ts';

export const locale = z.enum(['zh-CN', 'en']);
export type Locale = z.output<typeof locale>;

export const theme = z.enum(['light', 'dark', 'auto']);
export type Theme = z.output<typeof theme>;

/** The partner's branding. A field that is `null` restores the platform's own value. */
export const brand = z.strictObject({
  color: z.optional(z.nullable(z.string().check(z.regex(/^#[0-9a-f]{6}$/i)))),
  logo: z.optional(z.nullable(z.string().check(z.maxLength(100_000), z.regex(/^(https?:\/\/|data:image\/)/)))),
  radius: z.optional(z.nullable(z.int().check(z.gte(0), z.lte(24)))),
  font: z.optional(z.nullable(z.string().check(z.maxLength(200), z.regex(/^[\p{L}\p{N} ,'"-]+$/u)))),
});
texts.add(brand, {
  id: 'Brand',
  description: 'The partner’s branding.',
  fields: {
    color: 'Colour of buttons and marks, as `#2f5bea`. Text on it becomes white or black, whichever reads better.',
    logo: 'Address of the logo that lobby and meeting show instead of the room’s. It must have the page’s own origin, or a host that the platform allows.',
    radius: 'Radius of corners, in CSS pixels.',
    font: 'Font families as in CSS. They must be installed on the user’s machine.',
  },
});
export type Brand = z.output<typeof brand>;

const shown = z.optional(z.boolean());
/** Texts of the interface by their names, as in docs/texts.md. The contract does not know the names. */
const ownTexts = z.optional(z.catchall(z.object({}), text(300).check(z.minLength(1))));
const customButton = z.strictObject({
  id: text(50).check(z.minLength(1)),
  label: text(40).check(z.minLength(1)),
  isPressed: z.optional(z.boolean()),
});
export const ui = z.strictObject({
  bare: shown,
  header: shown,
  toolbar: shown,
  names: shown,
  chat: shown,
  files: shown,
  people: shown,
  hand: shown,
  share: shown,
  reactions: shown,
  record: shown,
  captions: shown,
  invite: shown,
  layout: shown,
  settings: shown,
  leave: shown,
  buttons: z.optional(z.array(customButton).check(z.maxLength(6))),
  texts: z.optional(z.strictObject({ 'zh-CN': ownTexts, en: ownTexts })),
});
texts.add(ui, {
  id: 'Ui',
  description: 'Which parts of the interface exist. Parts that are not named stay as they are; by default all exist.',
  fields: {
    bare: 'True: show only the stage, and an indicator while the server records. No header, toolbar, names, buttons on tiles, panels or notices: the page provides its own.',
    header: 'The header with the name of the room and the clock.',
    toolbar: 'The whole toolbar.',
    names: 'Names on tiles.',
    chat: 'The chat and its button.',
    files: 'Sending files in the chat. Files from other participants are shown in any case.',
    people: 'The list of participants and its button.',
    hand: 'The button that raises a hand.',
    share: 'The button that shares a screen.',
    reactions: 'The button for reactions.',
    record:
      'The button with which moderators record the meeting. The indicator that the meeting is being recorded is always shown.',
    captions:
      'Captions over the stage, the transcript and their button. The indicator that the meeting is being transcribed is always shown.',
    invite: 'Cards and buttons for inviting people.',
    layout: 'The menu for the layout.',
    settings: 'The settings and their button.',
    leave: 'The button that leaves the meeting; without it the page must call `exit`.',
    buttons:
      'Buttons of the page in the toolbar, at most 6, `{id, label, isPressed}`; a click sends `onButton`. Replaces those set before.',
    texts:
      'The page’s own wording by language and name, as in `{en: {"lobby.join": "Enter"}}`; `docs/texts.md` lists the names and what each text inserts, such as `{name}`. Replaces those set before; `{}` restores the platform’s own.',
  },
});
export type Ui = z.output<typeof ui>;
/** Parts of the interface that can be hidden one by one. */
export type UiPart = Exclude<keyof Ui, 'bare' | 'buttons' | 'texts'>;
export type OwnTexts = NonNullable<Ui['texts']>;
export type CustomButton = z.output<typeof customButton>;

const nothing = z.object({});

/** How the widget looks, as the page wants it. */
export const lookMethods = methods({
  configure: method({
    spec: '+',
    summary: 'Change the language or the theme of the running widget.',
    input: z.strictObject({ locale: z.optional(locale), theme: z.optional(theme) }),
    output: nothing,
    may: everybody,
    since: '1.0',
  }),
  setTheme: method({
    spec: '+',
    summary: 'Change theme and branding of the running widget.',
    input: z.strictObject({ theme: z.optional(theme), brand: z.optional(brand) }),
    output: nothing,
    may: everybody,
    since: '1.1',
  }),
  setUi: method({
    spec: '+',
    summary:
      'Show or hide parts of the interface of the running widget, and set the page’s own buttons in the toolbar and its own texts.',
    input: ui,
    output: nothing,
    may: everybody,
    events: ['onButton'],
    since: '1.1',
  }),
});

export const lookEvents = events({
  onButton: event({
    spec: '+',
    summary: 'The user clicked one of the page’s own buttons in the toolbar.',
    payload: z.object({ id: z.string() }),
    since: '1.1',
  }),
});
