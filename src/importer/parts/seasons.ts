/** 汛前, 春节前: a time by which something is due, and no day that a calendar has; at the beginning of a clause. */
export const SEASON = /^(?:主汛期|汛期|汛|春节|元旦|国庆|中秋|两节|开学|入冬|供暖季|采暖季|高考|暑期|节)之?前/u;
