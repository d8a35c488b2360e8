/** A set-up step that cannot go on: what is wrong, and what the person at the keyboard does about it. */
export class SetupFailure extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} remedy what to do, as a command where there is one
   */
  constructor(message, remedy) {
    super(message)
    this.remedy = remedy
  }
}
