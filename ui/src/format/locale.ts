// The language of numbers and dates. The catalogue of words is English with the day before the month, so these are too.

export const LOCALE = "en-GB";
