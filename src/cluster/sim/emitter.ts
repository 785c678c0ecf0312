// Listeners of one kind of news.

/** Calls its listeners in the order in which they came. */
export class Emitter<T> {
  #listeners: Array<(news: T) => void> = [];

  on(listener: (news: T) => void): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  }

  /** Whether anybody listens: where nobody does, news need not be made. */
  get isHeard(): boolean {
    return this.#listeners.length > 0;
  }

  emit(news: T): void {
    for (const listener of this.#listeners) listener(news);
  }
}
