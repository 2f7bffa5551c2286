import type { Command } from 'commander';
import { makeMailRegistry } from '../mail/registry.ts';
import { withStore } from './database.ts';
import { count, id } from './options.ts';
import { say, table, time } from './terminal.ts';

export const mailCommands = (program: Command): void => {
  const mail = program.command('mail').description('invitations by mail');

  mail
    .command('list')
    .description('list mails that were sent or wait to be sent, latest first')
    .option('--waiting', 'only mails that the server still tries to send')
    .option('--failed', 'only mails that the server gave up')
    .option('--limit <n>', 'most entries of the list', count, 100)
    .option('--json', 'as JSON')
    .action(async ({ waiting, failed, limit, json }) =>
      withStore(async (store) => {
        const state = waiting ? 'waiting' : failed ? 'failed' : undefined;
        const rows = await makeMailRegistry(store).list({ state, size: limit });
        if (json) return say(JSON.stringify(rows, null, 2));
        table(
          rows.map((row) => ({
            id: row.id,
            to: row.recipient,
            subject: row.title,
            by: row.userId,
            appointment: row.appointmentId,
            state: row.state,
            attempts: row.attempts,
            'last outcome': row.outcome,
            since: time(row.since),
            next: row.nextAt === null ? null : time(row.nextAt),
          })),
          'There are no such mails.',
        );
      }),
    );

  mail
    .command('resend')
    .description('send a mail again that was sent or given up')
    .argument('[mail]', 'number of a mail, as mail list shows it', id)
    .option('--failed', 'all mails that were given up')
    .action(async (number: number | undefined, { failed }, command: Command) => {
      if ((number === undefined) === (failed === undefined))
        command.error('error: give either the number of a mail or --failed');
      await withStore(async (store) => {
        const registry = makeMailRegistry(store);
        if (number !== undefined) {
          await registry.resend(number);
          return say(`Mail ${number} is sent again.`);
        }
        say(`${await registry.resendFailed()} mails are sent again.`);
      });
    });
};
