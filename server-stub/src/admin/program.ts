import { RTCPeerError } from '@meetframe/contract/error';
import { Command, CommanderError } from 'commander';
import { appCommands } from './apps.ts';
import { backupCommands } from './backups.ts';
import { companyCommands } from './companies.ts';
import { Failure } from './failure.ts';
import { mailCommands } from './mails.ts';
import { sessionCommands } from './sessions.ts';
import { remark } from './terminal.ts';
import { userCommands } from './users.ts';
import { webhookCommands } from './webhooks.ts';

/** Runs one command. Returns the exit code: 0 done, 1 failed, 2 wrong arguments. */
export const run = async (args: readonly string[]): Promise<number> => {
  const program = new Command('npm run admin --')
    .description(
      'Administers the platform. Works on the database that the server is configured to use, also while the server runs. ' +
        'Passwords and secrets are asked for or read from standard input, never given as arguments.',
    )
    .exitOverride()
    .showHelpAfterError()
    .helpCommand(false);
  const commands = [appCommands, companyCommands, userCommands, sessionCommands, webhookCommands, mailCommands];
  for (const add of [...commands, backupCommands]) add(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Failure || error instanceof RTCPeerError) remark(error.message);
    else remark(`A fault: ${(error as Error).stack}`);
    return 1;
  }
};
