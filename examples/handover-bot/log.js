/** One line a message: what people wrote must not start new lines or colour the terminal. */
export function log(line, bug) {
  console.log(line.replace(/\p{Cc}+/gu, ' ').slice(0, 500));
  if (bug) console.error(bug);
}
