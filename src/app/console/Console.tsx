// The console's place in the page.

export function Console() {
  return (
    <section className="panel console" aria-label="Console">
      <p className="panel-hint">laptop$</p>
    </section>
  );
}
