/** An error that the administrator can correct; only its message is shown. Any other error is a fault and is shown with its stack. */
export class Failure extends Error {
  override name = 'Failure';
}
