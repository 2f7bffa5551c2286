import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import preact from '@preact/preset-vite';
import vue from '@vitejs/plugin-vue';
import type { UserConfig } from 'vite';
import { defineConfig } from 'vite';
import { filesOfPart, leanContract, leanMediaClient, noNodeModules, ownPreload } from './widget/build.ts';

/** Each is built by `vite build --mode NAME`; `tools/build.ts` builds all. */
export const outputs = [
  'widget',
  'receiver',
  'rtcpeer',
  'rtcpeer.global',
  'callFrame',
  'diagnosis',
  'embed',
  'react',
  'vue',
] as const;
type Mode = (typeof outputs)[number];

const target = 'es2022';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const classes = new Map<string, string[]>();
/** Short names of CSS classes, which stand in scripts and in style sheets: letters for the file, a number within it. */
const className = (name: string, file: string): string => {
  const hash = createHash('sha256')
    .update(relative(import.meta.dirname, file))
    .digest();
  const ofFile = [...hash.subarray(0, 3)].map((byte) => letters[byte % letters.length]).join('');
  const known = classes.get(ofFile) ?? [];
  classes.set(ofFile, known);
  const id = `${file} ${name}`;
  if (!known.includes(id)) known.push(id);
  return ofFile + known.indexOf(id).toString(36);
};

/** What a page imports at once is one file. What parts of the widget share is one file for each of these: many small files compress worse, and each request costs time before the first picture. */
const sharedChunks = [
  {
    name: 'home',
    test: /src\/portal\/(?!portal\.tsx|ui\/(appointment|calls|records|transcription)\/|view\/appointment\/|locales\/appointment)/,
  },
  {
    name: 'meeting',
    test: /src\/(ui\/frameSize|ui\/(bars\/Bars|toolbar\/Toolbar(Button)?|meeting\/Meeting|stage\/Stage)\.module|ui\/meeting\/Request|view\/(muted|layout|stageOrder|stage)\.|model\/meeting\/viewing\/(onDemand|audioMode|layers|played))|contract\/src\/meeting\/chat\./,
  },
  {
    name: 'controls',
    test: /src\/(ui\/controls\/(Dialog|Menu|Popover|Select|Hidden|unseen)|ui\/(meeting\/parts|meetingIcons|panelIcons|following|dismiss|focusBack|useFocusKept)|ui\/(lobby\/SignOnNote|settings\/Settings\.module)|view\/(regional|duration)|model\/devices\/flip|media\/(facing|level))/,
  },
  {
    name: 'chat',
    test: /src\/ui\/chat\/(SmallButton|\w+\.module)/,
  },
  {
    // Opens in the meeting and at home.
    name: 'opened',
    test: /src\/(download|tones|view\/(amounts|(settings|copy)Texts)|locales\/(settings|copy)|ui\/(isComposing|meeting\/sounds|settings\/(Notifying)?Settings\.tsx|settings\/NotifyingSettings|controls\/(copy|Copy|Ask|useAction)))/,
  },
  {
    name: 'ended',
    test: /src\/(ui\/ended\/(Left|Outdated|Fault|Hosting)|(view|locales)\/((problem|left|hosting)Texts|(problems|left|hosting)\.(en|zh)))/,
  },
];

/** A page of the widget, with all that it loads. Pages share no chunks: each is compressed best by itself. */
const page = (html: string, manifest: string, isFirst: boolean): UserConfig => ({
  root: 'widget',
  // A proxy may serve the platform below another path: nothing is addressed from the root of its origin.
  base: './',
  css: { modules: { generateScopedName: className } },
  plugins: [leanContract(), leanMediaClient(), ownPreload(), preact({ prefreshEnabled: false })],
  worker: { plugins: () => [noNodeModules()] },
  build: {
    target,
    outDir: '../dist/widget',
    emptyOutDir: isFirst,
    manifest,
    // An inlined asset would be a data: URL or an inline script, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false, resolveDependencies: filesOfPart },
    rolldownOptions: {
      input: `widget/${html}`,
      output: {
        codeSplitting: {
          groups: [{ name: 'first', tags: ['$initial'] }, ...sharedChunks],
          includeDependenciesRecursively: false,
        },
      },
    },
  },
});

const script = (entry: string, format: 'es' | 'iife', name: string): UserConfig => ({
  publicDir: false,
  build: {
    target,
    // Vite's library mode leaves white space in an ES module, which the SDK's budget has no room for.
    // What few pages use is a file of its own beside it.
    rolldownOptions: { output: { minify: true, comments: false }, external: ['./callFrame.js', './diagnosis.js'] },
    outDir: 'dist/sdk',
    emptyOutDir: false,
    minify: 'oxc',
    lib: { entry: resolve('host-sdk/src', entry), formats: [format], name: 'MeetFrame', fileName: () => name },
  },
});

/** A partner's page with a framework. React's build for development is the one whose StrictMode mounts twice. */
const example = (name: 'react' | 'vue', entry: string): UserConfig => ({
  publicDir: false,
  plugins: name === 'vue' ? [vue()] : [],
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  define: { 'process.env.NODE_ENV': JSON.stringify(name === 'react' ? 'development' : 'production') },
  build: {
    target,
    outDir: 'dist/examples',
    emptyOutDir: false,
    lib: { entry: resolve('examples', name, entry), formats: ['es'], fileName: () => `${name}.js` },
  },
});

const configs: Record<Mode, UserConfig> = {
  widget: page('index.html', 'manifest.json', true),
  // What a frame shows that only waits for calls.
  receiver: page('receiver.html', 'receiver.manifest.json', false),
  rtcpeer: script('index.ts', 'es', 'rtcpeer.js'),
  'rtcpeer.global': script('global.ts', 'iife', 'rtcpeer.global.js'),
  callFrame: script('callFrame.ts', 'es', 'callFrame.js'),
  diagnosis: script('diagnosis.ts', 'es', 'diagnosis.js'),
  embed: script('embed.ts', 'iife', 'embed.js'),
  react: example('react', 'main.jsx'),
  vue: example('vue', 'main.js'),
};

export default defineConfig(({ mode }) => configs[mode as Mode] ?? configs.widget);
