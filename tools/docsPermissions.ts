import { type Method, type MethodTable, meeting, platform } from '@meetframe/contract';
import {
  type Actor,
  actors,
  type Decision,
  decisionsOf,
  type Permission,
  permissions,
} from '@meetframe/contract/permissions';

export const permissionsPath = 'docs/permissions.md';

const titles: Record<Actor, string> = {
  stranger: 'stranger',
  app: 'app with sign',
  user: 'user',
  member: 'member',
  owner: 'owner',
  companyAdmin: 'company admin',
  platformAdmin: 'platform admin',
};
const rows: MethodTable = { ...platform, ...meeting };

/** Rows that a page can call over HTTP. */
const overHttp = Object.entries<Method>(platform).flatMap(([name, { overSocket }]) =>
  overSocket ? [] : [`\`${name}\``],
);

const cells = ({ may }: Decision): string => actors.map((actor) => (may.includes(actor) ? '✓' : '–')).join(' | ');

const lines = (name: string, row: Method, permission: Permission): string[] =>
  decisionsOf(permission).map(([title, decision]) =>
    title === 'usual'
      ? `| \`${name}\` | ${row.spec} | ${decision.about} | ${cells(decision)} | ${permission.note ?? ''} |`
      : `| … ${title} | | ${decision.about} | ${cells(decision)} | |`,
  );

/** Who may call what, derived from the contract. */
export const permissionMatrix = (): string => `# Who may call what

Derived from \`widget/contract/src/permissions.ts\` by \`npm run docs\`; do not edit. \`permissions.contract.ts\` makes every call of
this table, as everybody in it, against the real server.

Who calls

- **stranger**: no sign, nobody logged in; the platform's own page before login.
- **app with sign**: a back end or a page with a valid sign, nobody logged in.
- **user**: somebody logged in who has nothing to do with what the call is about.
- **member**: of the room, invited to the appointment, or of the room that was recorded. Of an account: a colleague.
- **owner**: of the room, the appointment or the recording. Of an account: oneself.
- **company admin**, **platform admin**: level 2 and level 1 of section 2.27.

What a call is about

- A **room**, **appointment** or **recording** is a private one, unless its line says otherwise.
- **code**: an appointment whose invite code the caller knows. Whoever has it is invited, of whatever company.
- **meeting**: the caller is in it, on this connection. Everybody else is answered \`NOT_IN_MEETING\`.
- **nothing**: nothing that belongs to anybody else.

All of them belong to the company of what the call is about. **Somebody of another company, an administrator too, is refused
in every line that is about something, and changes nothing.** ✓ may. – is refused: \`UNAUTHENTICATED\` where nobody is logged
in or there is no sign, \`NOT_FOUND\` where the caller may not even know that there is such a thing, \`FORBIDDEN\` otherwise. Where
the specification lists a \`result\` for it, that is the answer: 5 in 2.24, 1 in 2.32. Lists leave out what the caller may not know.

The page counts as well: where a sign comes from a page whose origin is not on its app's list, \`FORBIDDEN\` with \`details.origin\` is
the answer, whoever calls. On a socket \`session.hello\` answers so, and nothing can follow. Over HTTP these ${overHttp.length} do, listed
with \`FORBIDDEN\` elsewhere or not: ${overHttp.join(', ')}.

| method | section | about | ${actors.map((actor) => titles[actor]).join(' | ')} | besides |
|---|---|---|${actors.map(() => ':-:').join('|')}|---|
${Object.entries(permissions)
  .flatMap(([name, permission]) => lines(name, rows[name] as Method, permission))
  .join('\n')}

Outside this table: \`getSign\` (6.1) answers whoever knows an app's secret. A recording's file is sent to whoever shows an address
that the platform signed and that has not expired; \`record.getRecordByRange\` gives them out.
`;
