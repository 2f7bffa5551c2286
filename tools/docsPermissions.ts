import { isOverSocket, type Method, type MethodTable, wireMethods } from '@meetframe/contract';
import { type Actor, type Decision, decisionsOf, seatActors } from '@meetframe/contract/may';

export const permissionsPath = 'docs/permissions.md';

const titles: Record<Actor, string> = {
  stranger: 'stranger',
  app: 'app with sign',
  user: 'user',
  member: 'member',
  owner: 'owner',
  companyAdmin: 'company admin',
  platformAdmin: 'platform admin',
  chosenModerator: 'chosen moderator',
};
const rows: [string, Method][] = Object.entries(wireMethods as MethodTable);

/** Rows that a page can call over HTTP. */
const overHttp = rows.flatMap(([name, row]) => (isOverSocket(row) ? [] : [`\`${name}\``]));

const cells = ({ about, actors }: Decision): string =>
  seatActors
    .map((actor) => {
      if (actor === 'chosenModerator' && about !== 'meeting') return '';
      return actors.includes(actor) ? '✓' : '–';
    })
    .join(' | ');

const lines = ([name, { spec, may }]: [string, Method]): string[] =>
  decisionsOf(may).map(([title, decision]) =>
    title === 'usual'
      ? `| \`${name}\` | ${spec} | ${decision.about} | ${cells(decision)} | ${may.note ?? ''} |`
      : `| … ${title} | | ${decision.about} | ${cells(decision)} | |`,
  );

/** Who may call what, derived from the contract. */
export const permissionMatrix = (): string => `# Who may call what

Derived from the property \`may\` of the rows in \`widget/contract\` by \`npm run docs\`; do not edit. \`permissions.contract.ts\` makes every call of
this table, as everybody in it, against the real server.

Who calls

- **stranger**: no sign, nobody logged in; the platform's own page before login.
- **app with sign**: a back end or a page with a valid sign, nobody logged in.
- **user**: somebody logged in who has nothing to do with what the call is about.
- **member**: of the room, invited to the appointment, or of the room that was recorded. Of an account: a colleague.
- **owner**: of the room, the appointment or the recording. Of an account: oneself.
- **company admin**, **platform admin**: level 2 and level 1 of section 2.27.
- **chosen moderator**: a participant of a meeting whom a moderator made moderator (3.17).

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

| method | section | about | ${seatActors.map((actor) => titles[actor]).join(' | ')} | besides |
|---|---|---|${seatActors.map(() => ':-:').join('|')}|---|
${rows.flatMap(lines).join('\n')}

Outside this table: \`getSign\` (6.1) answers whoever knows an app's secret. A recording's file is sent to whoever shows an address
that the platform signed and that has not expired; \`record.getRecordByRange\` gives them out.
`;
