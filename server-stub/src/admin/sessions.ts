import type { Command } from 'commander';
import { makeSessionList, type Whose } from '../account/sessionList.ts';
import { withStore } from './database.ts';
import { count, id } from './options.ts';
import { confirm, say, table, time } from './terminal.ts';

export const sessionCommands = (program: Command): void => {
  const session = program.command('session').description('sessions: which users are logged in on which devices');

  session
    .command('list')
    .description('list sessions, last used first; the time of the last use is stored about once an hour')
    .option('--user <id>', 'only sessions of this user', id)
    .option('--app <id>', 'only sessions of the users of this app')
    .option('--limit <n>', 'most entries of the list', count, 100)
    .option('--json', 'as JSON')
    .action(async (options) =>
      withStore(async (store) => {
        const whose: Whose = { userId: options.user, appId: options.app };
        const rows = await makeSessionList(store).list(whose, options.limit);
        if (options.json) return say(JSON.stringify(rows, null, 2));
        table(
          rows.map((row) => ({
            id: row.id,
            user: `${row.userId} ${row.account}`,
            'last seen': time(row.lastSeenAt),
            'logged in': time(row.createdAt),
            ends: time(row.expiresAt),
            address: row.ip,
            device: row.device.slice(0, 60) || null,
          })),
          'No user is logged in.',
        );
      }),
    );

  session
    .command('end')
    .description('end one session, or several at once; devices are logged out within seconds')
    .argument('[id]', 'as session list shows it')
    .option('--user <id>', 'all sessions of this user', id)
    .option('--app <id>', 'all sessions of the users of this app')
    .option('--all', 'all sessions of the platform')
    .option('--yes', 'do not ask')
    .action(async (sessionId: string | undefined, options, command: Command) => {
      const given = [sessionId, options.user, options.app, options.all].filter((each) => each !== undefined);
      if (given.length !== 1) command.error('error: give exactly one of: the id of a session, --user, --app, --all');
      await withStore(async (store) => {
        const sessions = makeSessionList(store);
        if (sessionId !== undefined) {
          await sessions.end(sessionId);
          return say(`Session ${sessionId} ended.`);
        }
        if (options.all) await confirm('All users will be logged out.', options.yes);
        const ended = await sessions.endAll({ userId: options.user, appId: options.app });
        say(`${ended} sessions ended.`);
      });
    });
};
