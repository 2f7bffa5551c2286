/** How many guests without a name are remembered. */
const most = 1000;

/** Numbers of guests without a name. A guest that comes back gets the same one. */
export class Guests {
  #last = 0;
  readonly #numbers = new Map<string, number>();

  /** `person`: see `CallingDevice.person`. */
  numberOf(person: string): number {
    const number = this.#numbers.get(person) ?? ++this.#last;
    this.#numbers.delete(person);
    this.#numbers.set(person, number);
    for (const oldest of this.#numbers.keys()) {
      if (this.#numbers.size <= most) break;
      this.#numbers.delete(oldest);
    }
    return number;
  }
}
