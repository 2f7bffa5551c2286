/** What whoever typed a command can mend; anything else is a fault and shown with its stack. */
export class Failure extends Error {
  override name = 'Failure';
}
