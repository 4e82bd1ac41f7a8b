// Days as forms ask for them and pages say them, counted from today in London.
const inLondon = (date, options) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(date);

export function inDays(days) {
  const date = new Date(Date.now() + days * 86_400_000);
  return {
    day: inLondon(date, { day: "numeric" }),
    month: inLondon(date, { month: "numeric" }),
    year: inLondon(date, { year: "numeric" }),
    /// "27 November 2026"
    words: inLondon(date, { day: "numeric", month: "long", year: "numeric" }),
    /// "November 2026"
    monthWords: inLondon(date, { month: "long", year: "numeric" }),
  };
}

/// The inputs of a date named `field`; with `time` those of a moment.
export function typed(field, { day, month, year }, time) {
  const inputs = {
    [`${field}-day`]: day, [`${field}-month`]: month, [`${field}-year`]: year,
  };
  return time ? { ...inputs, [`${field}-time`]: time } : inputs;
}

/// "2014-15", of its first year.
export const financialYear = (first) => `${first}-${String((first + 1) % 100).padStart(2, "0")}`;

/// The last quarter that is over: its financial year's first, its number, and its name as in
/// "2014-15 Q3".
export function lastQuarter() {
  const { month, year } = inDays(0);
  const quartersSince = Number(year) * 4 + Math.floor((Number(month) - 1) / 3) - 1;
  const calendar = quartersSince % 4; // 0 is January to March
  const first = Math.floor(quartersSince / 4) - (calendar === 0 ? 1 : 0);
  const number = calendar === 0 ? 4 : calendar;
  return { first, number, name: `${financialYear(first)} Q${number}` };
}
