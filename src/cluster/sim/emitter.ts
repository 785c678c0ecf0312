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

  emit(news: T): void {
    for (const listener of this.#listeners) listener(news);
  }
}
