import type { UserConfig } from 'vite';

/**
 * What the SDK's build needs on top of Vite's library mode to stay within its budget: white space goes from the ES module
 * too (Vite keeps it there), and penpal's debug messages, for which nobody can ask here, go before they are bundled.
 */
export const sdkBuild = {
  plugins: [
    {
      name: 'penpal-without-log',
      transform: (code: string, id: string) =>
        id.includes('/penpal/dist/')
          ? { code: code.replace(/^\s*(this\.#)?log\?\.\([^;]*?\);$/gm, ''), map: null }
          : null,
    },
  ],
  rolldownOptions: { output: { minify: true, comments: false } },
} satisfies { plugins: UserConfig['plugins']; rolldownOptions: NonNullable<UserConfig['build']>['rolldownOptions'] };
