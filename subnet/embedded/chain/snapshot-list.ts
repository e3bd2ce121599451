/** What a chain was like, by number; going back to one forgets it and the later ones. */
export class SnapshotList<S> {
  readonly #snapshots: { readonly id: number; readonly state: S }[] = [];
  #last = 0;

  /** @returns The number to go back with. */
  add(state: S): number {
    this.#last += 1;
    this.#snapshots.push({ id: this.#last, state });
    return this.#last;
  }

  /** Takes a snapshot out, with those after it. */
  take(id: number): S | undefined {
    const found = this.#snapshots.findIndex((snapshot) => snapshot.id === id);
    if (found < 0) return undefined;
    return this.#snapshots.splice(found)[0]!.state;
  }

  clear(): void {
    this.#snapshots.length = 0;
  }
}
