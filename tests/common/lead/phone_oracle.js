// Google's own libphonenumber as the oracle of the phone rules, from the npm package whose metadata the tables were
// generated from. Prints one number and its verdicts a line, tab-separated, for phone_oracle_test.cc.
//
//   node phone_oracle.js international COUNT SEED   text, reason, possible, valid, type, region, E.164
//   node phone_oracle.js national COUNT SEED        text, region, E.164
//
// International: every example number of every region and type, then mutations of them (digits changed, added, lost, prefixes
// put in front), random numbers of every calling code and length, and random digits. "!" as the reason: parse refused it.
// National: the examples as people of that country and abroad write them, then mutations of bare national digits
// in a region; only what libphonenumber reads as a valid number.
"use strict";
const {PhoneNumberUtil, PhoneNumberFormat, PhoneNumberType} = require("google-libphonenumber");

const util = PhoneNumberUtil.getInstance();
const TYPES = ["FIXED_LINE", "MOBILE", "FIXED_LINE_OR_MOBILE", "TOLL_FREE", "PREMIUM_RATE", "SHARED_COST", "VOIP",
               "PERSONAL_NUMBER", "PAGER", "UAN", "VOICEMAIL"].map((name) => PhoneNumberType[name]);
const typeNumber = (type) => TYPES.indexOf(type) + 1;  // as enum PhoneType

let state = 1;
function random(below) {  // a 32-bit xorshift: the same numbers everywhere
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}
const pick = (list) => list[random(list.length)];
const digit = () => String(random(10));
const digits = (count) => Array.from({length: count}, digit).join("");

function exampleNumbers() {
  const found = [];
  const add = (number) => number && number.getNationalNumber() && found.push(number);
  for (const region of util.getSupportedRegions()) {
    for (const type of TYPES) add(util.getExampleNumberForType(region, type));
  }
  for (const code of util.getSupportedGlobalNetworkCallingCodes()) add(util.getExampleNumberForNonGeoEntity(code));
  return found;
}
const examples = exampleNumbers();
const callingCodes = util.getSupportedCallingCodes().map(String);

const PREFIXES = ["0", "1", "8", "00", "06", "15", "9", "80", "90", "01", "0015", "011", "180020", "003768", "19", "16"];
function mutated(national, callingCode) {
  let text = national;
  for (let steps = pick([1, 1, 1, 2, 3, 5]); steps > 0; --steps) {
    const at = random(text.length + 1);
    const kind = random(20);
    if (kind < 10) text = text.slice(0, at) + digit() + text.slice(at + 1);
    else if (kind < 13) text = text.slice(0, at) + digit() + text.slice(at);
    else if (kind < 15) text = text.slice(0, at) + text.slice(at + 1);
    else if (kind < 18) text = pick(PREFIXES) + text;
    else if (kind < 19) text = callingCode + text;
    else text = text.slice(0, at) + digits(text.length - at);
  }
  return text;
}

function internationalText(i) {
  if (i < examples.length) return util.format(examples[i], PhoneNumberFormat.E164);
  const kind = random(10);
  if (kind < 7) {
    const number = pick(examples);
    const code = String(number.getCountryCode());
    return "+" + code + mutated(util.getNationalSignificantNumber(number), code);
  }
  if (kind < 9) return "+" + pick(callingCodes) + digits(random(20));
  return "+" + digits(random(24));
}

function internationalLine(text) {
  let number;
  try {
    number = util.parse(text);
  } catch {
    return [text, "!", 0, 0, 0, "", ""].join("\t");
  }
  return [text, util.isPossibleNumberWithReason(number), +util.isPossibleNumber(number), +util.isValidNumber(number),
          typeNumber(util.getNumberType(number)), util.getRegionCodeForNumber(number) || "",
          util.format(number, PhoneNumberFormat.E164)].join("\t");
}

function* nationalTexts(count) {
  for (const number of examples) {
    const region = util.getRegionCodeForNumber(number);
    if (!region || region === "001") continue;
    const other = region === "US" ? "GB" : "US";
    yield [util.format(number, PhoneNumberFormat.NATIONAL), region];
    yield [util.format(number, PhoneNumberFormat.INTERNATIONAL), other];
    yield [util.format(number, PhoneNumberFormat.RFC3966), other];
    yield [util.formatOutOfCountryCallingNumber(number, other), other];
    yield [util.getNationalSignificantNumber(number), region];
  }
  for (let i = 0; i < count; ++i) {
    const number = pick(examples);
    const region = util.getRegionCodeForNumber(number);
    if (!region || region === "001") continue;
    const code = String(number.getCountryCode());
    yield [mutated(util.getNationalSignificantNumber(number), code), random(8) ? region : pick(["US", "GB", "IN", "BR", "DE"])];
  }
}

function nationalLine([text, region]) {
  try {
    const number = util.parse(text, region);
    if (!util.isValidNumber(number)) return null;
    return [text, region, util.format(number, PhoneNumberFormat.E164)].join("\t");
  } catch {
    return null;
  }
}

function write(lines) {
  let chunk = [];
  for (const line of lines) {
    if (line === null) continue;
    chunk.push(line);
    if (chunk.length < 5000) continue;
    require("fs").writeSync(1, chunk.join("\n") + "\n");
    chunk = [];
  }
  if (chunk.length) require("fs").writeSync(1, chunk.join("\n") + "\n");
}

function* map(count) {
  for (let i = 0; i < count; ++i) yield internationalLine(internationalText(i));
}
function* mapNational(count) {
  for (const item of nationalTexts(count)) yield nationalLine(item);
}

const [, , mode, count, seed] = process.argv;
state = Number(seed) || 1;
write(mode === "international" ? map(Number(count)) : mapNational(Number(count)));
