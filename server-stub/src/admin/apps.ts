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
  remark('It is shown this once and kept hashed. It belongs into the partner’s back end and nowhere else.');
};

export const appCommands = (program: Command): void => {
  const app = program.command('app').description('partner platforms that may use this one');

  app
    .command('create')
    .description('make an app and print its secret')
    .argument('<id>', 'what the partner calls itself with: letters, digits, "-", "_"')
    .requiredOption('--company <id>', 'company that its users belong to', id)
    .option('--name <name>', 'shown to people; the id unless given', name)
    .option('--origin <origin>', 'page that may use it, such as https://partner.example; again for more', collect, [])
    .option('--callback <url>', 'address that is asked whether an account is the partner’s')
    .option('--trust-pages', 'its pages sign any user on with a sign alone')
    .option('--secret-stdin', 'take the secret from standard input instead of making one up')
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
    .description('give an app another secret; its signs hold no longer')
    .argument('<id>')
    .option('--secret-stdin', 'take the secret from standard input instead of making one up')
    .action(async (appId: string, options) => {
      await withStore(async (store) => {
        const secret = await secretOf(options);
        await makeAppRegistry(store).rotate(appId, secret.secret);
        say(`App ${appId} has another secret; the old one and its signs are worth nothing.`);
        show(secret);
        remark(`People who are signed on stay so; if the old secret leaked, also run: session end --app ${appId}`);
      });
    });

  app
    .command('set-origins')
    .description('set the pages that may use an app; none at all takes it off every page')
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
    .description('set the address that is asked whether an account is the partner’s; without one no call-back is made')
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
    .description('say whether the pages of an app sign any user on with a sign alone, which every visitor can read')
    .argument('<id>')
    .argument('<pages|nobody>')
    .action(async (appId: string, whom: string) =>
      withStore(async (store) => {
        if (whom !== 'pages' && whom !== 'nobody') throw new Failure('Say whom it trusts: pages or nobody.');
        await makeAppRegistry(store).setTrust(appId, whom === 'pages');
        say(whom === 'pages' ? `App ${appId} trusts its pages.` : `App ${appId} wants a proof from its pages.`);
      }),
    );

  app
    .command('remove')
    .description('remove an app; its users and what they made stay')
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
