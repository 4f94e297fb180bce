// How often a server that ended is started again.

/** Ends within this time count together. */
const WITHIN_MS = 3 * 60_000;
const MOST = 4;

/** Ends one after the other show that the next start is in vain. */
export class Restarts {
  private ends: number[] = [];

  /** The server has ended: whether to start it again. */
  allow(now = Date.now()): boolean {
    this.ends = this.ends.filter((end) => now - end < WITHIN_MS);
    this.ends.push(now);
    return this.ends.length <= MOST;
  }
}
