const DATE_TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[zZ]|[+-]\d{2}(?::?\d{2})?)?$/;
const URI = /^[A-Za-z][A-Za-z\d+.-]*:\S*$/;

/** RFC 3339, also without a zone: such stations exist and mean UTC. */
function isDateTime(text: string): boolean {
  const parts = DATE_TIME.exec(text);
  if (parts === null) return false;
  const [, year, month, day] = parts.map(Number);
  return (day ?? 0) <= 28 || (day ?? 0) <= daysOf(year ?? 0, month ?? 0);
}
const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The formats that the schemas name. */
export const formats = {
  'date-time': isDateTime,
  uri: (text: string): boolean => URI.test(text),
};
