// entryId makes the id of an entry before it is sent, so that a message sent
// twice is written once: 48 bits of milliseconds and 80 random bits in
// Crockford's base 32, as the server makes them.

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export function entryId(now = Date.now()) {
  let time = "";
  for (let i = 0, rest = now; i < 10; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
  const chance = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(chance, (b) => ALPHABET[b & 31]).join("");
}
