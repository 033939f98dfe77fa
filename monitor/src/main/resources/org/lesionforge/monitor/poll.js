// Questions to the server.

const EVERY_MS = 2500;

/** What the server said instead of an answer. */
class Refusal extends Error {
  constructor(status, text) {
    super(text);
    this.missing = status === 404;
  }
}

/** The answer, unless it is a refusal. */
export async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Refusal(answer.status, await answer.text());
  return answer;
}

export async function fetched(address) {
  return (await asked(address)).json();
}

/** Asks again and again until the view is closed; `show` is called when the answer is another one. */
export class Poll {
  constructor(address, show, failed) {
    this.address = address;
    this.show = show;
    this.failed = failed;
    this.ask();
  }

  async ask() {
    try {
      const answer = await fetched(this.address);
      const text = JSON.stringify(answer);
      if (!this.closed && text !== this.text) this.show(answer);
      this.text = text;
    } catch (error) {
      // What comes next is news, even if it is the same.
      this.text = "";
      if (!this.closed) this.failed(error);
    }
    if (!this.closed) this.timer = setTimeout(() => this.ask(), EVERY_MS);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
