/* A program as text that fits into a link. */

const MOST = 200_000; // letters; what is longer is no program that someone would send

const through = (data, kind) => new Response(new Blob([data]).stream().pipeThrough(kind)).arrayBuffer();

export async function packed(text) {
  const data = new Uint8Array(await through(text, new CompressionStream("deflate-raw")));
  let letters = "";
  for (const byte of data) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Raises where it is damaged, or longer than a program can be. */
export async function unpacked(letters) {
  const data = Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST) throw new RangeError("it is too long");
  }
}
