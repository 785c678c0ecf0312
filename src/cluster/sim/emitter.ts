// Listeners of one kind of news.

/** Calls its listeners in the order in which they came. */
export class Emitter<T> {
  #listeners: Array<(news: T) => void> = [];

  /** Calls the listener with each news from now on; returns how to stop. May be handed on without its emitter. */
  readonly on = (listener: (news: T) => void): (() => void) => {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  };

  /** Whether anyone listens: where nothing does, news need not be made. */
  get isHeard(): boolean {
    return this.#listeners.length > 0;
  }

  emit(news: T): void {
    for (const listener of this.#listeners) listener(news);
  }
}
