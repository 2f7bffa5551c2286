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
this table, as each kind of caller in it, against the real server.

Who calls

- **stranger**: no sign, not logged in; the platform's own page before login.
- **app with sign**: a back end or a page with a valid sign, not logged in.
- **user**: a logged-in user who is neither member nor owner of the object of the call.
- **member**: of the room, invited to the appointment, or of the room that was recorded. Of an account: a colleague.
- **owner**: of the room, the appointment or the recording. Of an account: its user.
- **company admin**, **platform admin**: level 2 and level 1 of section 2.27.
- **chosen moderator**: a participant of a meeting whom a moderator made moderator (3.17).

What a call is about

- A **room**, **appointment** or **recording** is a private one, unless its line says otherwise.
- **code**: an appointment whose invite code the caller knows. Everybody who has the code counts as invited, also users of other companies.
- **meeting**: the caller takes part in it, on this connection. All other callers get \`NOT_IN_MEETING\`.
- **nothing**: the call is about no object that has an owner.

All callers of this table belong to the company of the object. **Users of another company, its administrators included, are refused
in every line that is about an object, and change nothing.** ✓ may. – is refused: \`UNAUTHENTICATED\` where a login or a sign is
missing, \`NOT_FOUND\` where the caller may not even know that the object exists, \`FORBIDDEN\` otherwise. Where the specification lists a
\`result\` for the refusal, the answer is that result: 5 in 2.24, 1 in 2.32. Lists leave out objects that the caller may not know.

The origin of the page is checked as well: if a sign comes from a page whose origin is not on its app's list, every caller gets \`FORBIDDEN\`
with \`details.origin\`. On a socket this is the answer to \`session.hello\`, so that no other call is possible. Over HTTP it is the answer to
these ${overHttp.length} methods, whether or not their rows list \`FORBIDDEN\`: ${overHttp.join(', ')}.

| method | section | about | ${seatActors.map((actor) => titles[actor]).join(' | ')} | besides |
|---|---|---|${seatActors.map(() => ':-:').join('|')}|---|
${rows.flatMap(lines).join('\n')}

Outside this table: \`getSign\` (6.1) needs an app's secret. A recording's file needs an address that the platform signed and that has not
expired; \`record.getRecordByRange\` gives such addresses.
`;
