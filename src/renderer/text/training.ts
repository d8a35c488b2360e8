export const training = {}
