import type { Command } from 'commander';
import { makeAppRegistry } from '../account/appRegistry.ts';
import { warnOfAddress } from './addresses.ts';
import { withStore } from './database.ts';
import { Failure } from './failure.ts';
import { collect, id, name } from './options.ts';
import { confirm, readSecret, remark, say, table, time } from './terminal.ts';

/** What does not work while a call-back cannot be reached. */
const noSignOn = 'no user can sign on';

type SecretOptions = { secretStdin?: boolean };

/** The secret of an app: generated, unless the partner already has one. */
const secretOf = async ({ secretStdin }: SecretOptions) =>
  await readSecret('secret', { stdin: secretStdin, generate: !secretStdin }, 16);

const show = ({ secret, made }: { secret: string; made: boolean }): void => {
  if (!made) return;
  say(`Secret: ${secret}`);
  remark('It is shown only now, because the platform keeps a hash of it. Use it in the partner’s back end only.');
};

export const appCommands = (program: Command): void => {
  const app = program.command('app').description('apps: partner platforms that may use this platform');

  app
    .command('create')
    .description('make an app and print its secret')
    .argument('<id>', 'appId of the partner: letters, digits, "-", "_"')
    .requiredOption('--company <id>', 'company that its users belong to', id)
    .option('--name <name>', 'name that users see; default: the id', name)
    .option(
      '--origin <origin>',
      'origin of pages that may use it, such as https://partner.example; repeat for more',
      collect,
      [],
    )
    .option('--callback <url>', 'call-back: address of the partner that confirms accounts at sign-on')
    .option('--trust-pages', 'let its pages sign on any user with a sign alone')
    .option('--secret-stdin', 'read the secret from standard input instead of generating one')
    .action(async (appId: string, options) => {
      await withStore(async (store, config) => {
        const secret = await secretOf(options);
        const callbackUrl = options.callback ?? null;
        await makeAppRegistry(store).create({
          id: appId,
          name: options.name ?? appId,
          secret: secret.secret,
          companyId: options.company,
          origins: options.origin,
          callbackUrl,
          trustPages: options.trustPages === true,
        });
        say(`App ${appId} was made.`);
        show(secret);
        if (options.origin.length === 0) remark('Note: no page may use it yet; see app set-origins.');
        if (callbackUrl !== null) warnOfAddress(callbackUrl, config, noSignOn);
      });
    });

  app
    .command('list')
    .description('list apps')
    .option('--json', 'as JSON')
    .action(async ({ json }) =>
      withStore(async (store) => {
        const apps = await makeAppRegistry(store).list();
        if (json) return say(JSON.stringify(apps, null, 2));
        table(
          apps.map((each) => ({
            id: each.id,
            name: each.name,
            company: `${each.companyId} ${each.company ?? ''}`.trim(),
            origins: each.origins.join(' ') || null,
            callback: each.callbackUrl,
            trusts: each.trustPages ? 'its pages' : null,
            created: time(each.createdAt),
          })),
          'There are no apps.',
        );
      }),
    );

  app
    .command('rotate')
    .description('give an app a new secret; its signs become invalid')
    .argument('<id>')
    .option('--secret-stdin', 'read the secret from standard input instead of generating one')
    .action(async (appId: string, options) => {
      await withStore(async (store) => {
        const secret = await secretOf(options);
        await makeAppRegistry(store).rotate(appId, secret.secret);
        say(`App ${appId} has a new secret; the old secret and its signs are invalid.`);
        show(secret);
        remark(
          `Users who are signed on stay signed on; if the old secret leaked, also run: session end --app ${appId}`,
        );
      });
    });

  app
    .command('set-origins')
    .description('replace the origins of pages that may use an app; without any, no page may use it')
    .argument('<id>')
    .argument('[origins...]', 'such as https://partner.example')
    .action(async (appId: string, origins: string[]) =>
      withStore(async (store) => {
        const registry = makeAppRegistry(store);
        await registry.setOrigins(appId, origins);
        const { origins: set } = await registry.find(appId);
        say(set ? `App ${appId} may be used by ${set}.` : `App ${appId} may be used by no page.`);
      }),
    );

  app
    .command('set-callback')
    .description(
      'set the call-back, the address of the partner that confirms accounts at sign-on; without one remove it',
    )
    .argument('<id>')
    .argument('[url]')
    .action(async (appId: string, url: string | undefined) =>
      withStore(async (store, config) => {
        await makeAppRegistry(store).setCallback(appId, url ?? null);
        say(url ? `App ${appId} asks ${url}.` : `App ${appId} has no call-back.`);
        if (url) warnOfAddress(url, config, noSignOn);
      }),
    );

  app
    .command('set-trust')
    .description('set whether the pages of an app may sign on any user with a sign alone, which every visitor can read')
    .argument('<id>')
    .argument('<pages|nobody>')
    .action(async (appId: string, whom: string) =>
      withStore(async (store) => {
        if (whom !== 'pages' && whom !== 'nobody') throw new Failure('Say whom it trusts: pages or nobody.');
        await makeAppRegistry(store).setTrust(appId, whom === 'pages');
        say(whom === 'pages' ? `App ${appId} trusts its pages.` : `App ${appId} requires a proof for every sign-on.`);
      }),
    );

  app
    .command('remove')
    .description('remove an app; its users stay, and so do their rooms, appointments and recordings')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .action(async (appId: string, { yes }) =>
      withStore(async (store) => {
        const registry = makeAppRegistry(store);
        await registry.find(appId);
        await confirm(`App ${appId} will be removed; its signs and the sessions of its users end.`, yes);
        const ended = await registry.remove(appId);
        say(`App ${appId} was removed; ${ended} sessions ended.`);
      }),
    );
};
