#!/usr/bin/env python3
"""Deterministic generator of lead CSV files with a known number of each kind of error.

  gen_leads.py --rows N [--seed S] [--dirty P] [--out leads.csv] [--crlf] [--bom] [--labels FILE]

Writes the CSV and a sidecar <out>.json with the exact count of every kind of error. A dirty row carries exactly ONE
kind, so the number of good rows is rows - sum(errors). Same arguments, same bytes: only random.Random(seed).random()
is used, which Python documents as reproducible. --labels writes one line "row kind" per dirty row, rows counted as a
spreadsheet does (the header is 1).
"""
import argparse
import hashlib
import json
import random
import sys

HEADER = ["Name", "Phone", "Email", "Company", "Timezone", "Job Title", "Budget", "Notes"]
NAME, PHONE, EMAIL, COMPANY, TIMEZONE, TITLE, BUDGET, NOTES = range(8)

# country -> calling code, [(national prefix, digits that follow, allowed next digits)], weight, zones, domain ending
COUNTRIES = {
    "US": ("1", [(a, 7, "23456789") for a in
                 ("212", "310", "415", "312", "617", "713", "305", "206", "404", "602", "202", "214", "303", "702",
                  "503")],
           30, ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"],
           "com"),
    "CA": ("1", [(a, 7, "23456789") for a in ("416", "604", "514", "403", "613")],
           6, ["America/Toronto", "America/Vancouver", "America/Edmonton", "America/Halifax"], "ca"),
    "GB": ("44", [("771", 7, "2345678"), ("740", 7, "0123456789"), ("207", 7, "2345678"), ("161", 7, "234567")],
           10, ["Europe/London"], "co.uk"),
    "DE": ("49", [("151", 8, "1234567"), ("170", 7, "123456789"), ("160", 7, "123456789"), ("30", 8, "23456789")],
           10, ["Europe/Berlin"], "de"),
    "FR": ("33", [("6", 8, "0124578"), ("14", 7, "0123456789")], 7, ["Europe/Paris"], "fr"),
    "ES": ("34", [("6", 8, "0123456789")], 5, ["Europe/Madrid", "Atlantic/Canary"], "es"),
    "IT": ("39", [("34", 8, "0123456789"), ("33", 8, "0123456789")], 5, ["Europe/Rome"], "it"),
    "BR": ("55", [("119", 8, "6789"), ("219", 8, "6789"), ("113", 7, "0123456789")],
           6, ["America/Sao_Paulo", "America/Manaus", "America/Fortaleza"], "com.br"),
    "IN": ("91", [("98", 8, "1234567"), ("99", 8, "0123456")], 7, ["Asia/Kolkata"], "in"),
    "AU": ("61", [("41", 7, "0123456789"), ("42", 7, "0123456789")],
           4, ["Australia/Sydney", "Australia/Perth", "Australia/Brisbane", "Australia/Adelaide"], "com.au"),
    "JP": ("81", [("90", 8, "123456789"), ("80", 8, "123456789")], 4, ["Asia/Tokyo"], "co.jp"),
    "MX": ("52", [("55", 8, "12345"), ("33", 8, "123")],
           3, ["America/Mexico_City", "America/Tijuana", "America/Cancun"], "mx"),
    "NL": ("31", [("61", 7, "0123456789"), ("62", 7, "0123456789")], 2, ["Europe/Amsterdam"], "nl"),
    "ZA": ("27", [("82", 7, "23456789"), ("83", 7, "23456789")], 1, ["Africa/Johannesburg"], "co.za"),
}

FIRST = ("James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph "
         "Jessica Thomas Karen Daniel Nancy Matthew Lisa Anthony Betty Mark Sandra Steven Ashley Paul Emily Andrew Donna "
         "Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa José Sofía Álvaro Núria Íñigo Jürgen Käthe Björn Åsa "
         "Søren François Zoë Chloé Renée André Łukasz Małgorzata Żaneta Jiří Dvořák Šárka Ömer Gülşen Çağla Ștefan "
         "Ioana Miloš Đorđe Nguyễn Thị Ивáн Ольга Дмитрий Κώστας Ελένη محمد فاطمة राजेश प्रिया 太郎 花子 小明 민준").split()
LAST = ("Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson "
        "Anderson Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker "
        "Young Allen King Wright Scott Torres Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter "
        "O'Brien O'Connor McDonald van-Dijk Müller Schröder Groß Weiß Fernández Muñoz Peña Gonçalves Conceição Sørensen "
        "Åkesson Lindström Kowalczyk Wiśniewski Dvořák Nováková Yılmaz Öztürk Şahin Popescu Đurić Trần Иванов Петрова "
        "Παπαδόπουλος الحسن शर्मा 田中 山本 王 김").split()
WORDS = ("follow up call back interested pricing demo next week quarter budget approved decision maker asked about "
         "contract renewal integration support onboarding timeline competitor discount volume license seats trial "
         "migration security review legal procurement prefers morning afternoon email voicemail left message referral "
         "conference booth webinar whitepaper inbound outbound warm cold hot priority low medium high").split()
CO1 = ("Acme Globex Initech Umbrella Vandelay Stark Wayne Hooli Soylent Cyberdyne Wonka Tyrell Massive Aperture "
       "Northwind Contoso Fabrikam Adventure Litware Proseware Tailspin Blue-Yonder Nordlicht Süßwaren Café-Noir "
       "Ångström Señorita Zürich Éclair Øresund").split()
CO2 = "Systems Logistics Foods Energy Partners Media Health Analytics Software Capital Labs Retail Motors Textiles".split()
CO3 = ["Inc", "LLC", "Ltd", "GmbH", "S.A.", "S.r.l.", "B.V.", "Pty Ltd", "K.K.", "& Co. KG"]
TITLES = ["CEO", "CTO", "VP Sales", "Head of Procurement", "Office Manager", "Account Executive", "Marketing Director",
         "IT Administrator", "Operations Lead", "Founder", "Chief Financial Officer", "Einkaufsleiter", "Directeur général",
         "Jefe de compras", "Sales Manager, EMEA", "Director, R&D", "Buyer", ""]
# about one row in three carries non-ASCII text
FIRST += [x for x in FIRST if x.isascii()] * 4
LAST += [x for x in LAST if x.isascii()] * 4
CO1 += [x for x in CO1 if x.isascii()] * 5
DOMAIN = "example mail post inbox corp firma empresa bureau".split()

PHONE_SHAPE_KINDS = [  # fail ^\+[1-9][0-9]{6,14}$ (after no trimming)
    "phone_letters", "phone_too_short", "phone_too_long", "phone_no_plus", "phone_plus_zero", "phone_spaces",
    "phone_dashes_parens", "phone_national_trunk", "phone_extension", "phone_double_plus", "phone_scientific",
    "phone_decimal_tail", "phone_placeholder", "phone_fullwidth_digits", "phone_trailing_space", "phone_00_prefix",
]
PHONE_LIB_KINDS = [  # shape is E.164 but no such number exists for libphonenumber
    "phone_unassigned_cc", "phone_bad_area", "phone_wrong_length_for_country", "phone_bad_prefix_for_country",
]
EMAIL_KINDS = ["email_no_at", "email_double_at", "email_no_tld", "email_space", "email_empty_local", "email_empty_domain",
               "email_double_dot_domain"]
REQUIRED_KINDS = ["missing_name", "missing_phone", "missing_email"]
DUP_KINDS = ["duplicate_phone", "duplicate_row"]
TZ_KINDS = ["timezone_unknown"]
COL_KINDS = ["too_few_columns", "too_many_columns"]
GROUPS = [  # (weight, kinds)
    (34, PHONE_SHAPE_KINDS), (14, PHONE_LIB_KINDS), (16, EMAIL_KINDS), (12, REQUIRED_KINDS),
    (14, DUP_KINDS), (6, TZ_KINDS), (4, COL_KINDS),
]
BAD_TZ = ["Mars/Phobos", "Europe/Springfield", "GMT+25", "EST5", "America/New York", "Local", "Asia/", "utc plus two"]
ASCII_MAP = str.maketrans("áéíóúñüöäåøłçğışțșéèàâêôßÁÉÖØÅŁÇŠŻÍŚČŘĐ",
                          "aeiounuoaaolcgistseeaaeosAEOOALCSZISCRD")


def quote(field, force=False):
    if force or any(c in field for c in ',"\n\r'):
        return '"' + field.replace('"', '""') + '"'
    return field


class Generator:
    """Rows one by one. The order in which random numbers are drawn is part of the format: do not change it."""

    def __init__(self, seed, dirty_percent, eol):
        self.rnd = random.Random(seed).random
        self.dirty_share = dirty_percent / 100.0
        self.eol = eol
        self.countries = [c for c, info in COUNTRIES.items() for _ in range(info[2])]
        self.groups = [kinds for weight, kinds in GROUPS for _ in range(weight)]
        self.used = set()
        self.clean_rows = []  # a reservoir that duplicates are taken from
        self.counts = {kind: 0 for _, kinds in GROUPS for kind in kinds}

    def below(self, n):
        return int(self.rnd() * n)

    def pick(self, items):
        return items[int(self.rnd() * len(items))]

    def number(self, country):
        code, patterns = COUNTRIES[country][0], COUNTRIES[country][1]
        while True:
            prefix, n, following = self.pick(patterns)
            digits = code + prefix + self.pick(following) + str(self.below(10 ** (n - 1))).zfill(n - 1)
            if digits not in self.used:
                self.used.add(digits)
                return code, digits[len(code):]

    def dirty_phone(self, kind, code, national):
        good = "+" + code + national
        if kind == "phone_letters":
            i = 2 + self.below(len(good) - 3)
            return good[:i] + self.pick(["O", "l", "x", "B"]) + good[i + 1:]
        if kind == "phone_too_short":
            return "+" + (code + national)[: 2 + self.below(4)]
        if kind == "phone_extension":
            return good + self.pick([" x", " ext. ", ";ext="]) + str(100 + self.below(900))
        if kind == "phone_placeholder":
            return self.pick(["N/A", "n/a", "-", "none", "TBD", "unknown", "#REF!"])
        if kind == "phone_unassigned_cc":
            return "+" + self.pick(["999", "210", "280", "296"]) + national[:9]
        if kind == "phone_bad_area":
            return "+1" + self.pick(["000", "100", "199", "055"]) + "5" + str(self.below(10 ** 6)).zfill(6)
        if kind == "phone_wrong_length_for_country":
            base, n = self.pick([("+1415", 6), ("+336", 7), ("+346", 6), ("+8190", 6), ("+316", 7)])
            return base + str(self.below(10 ** n)).zfill(n)
        if kind == "phone_bad_prefix_for_country":
            return self.pick(["+330", "+340", "+450", "+650"]) + str(self.below(10 ** 8)).zfill(8)
        digits = code + national
        a, b, c = national[:3], national[3:6], national[6:]
        return {
            "phone_too_long": good + "1234567",
            "phone_no_plus": digits,
            "phone_plus_zero": "+0" + digits,
            "phone_spaces": f"+{code} {a} {b} {c}",
            "phone_dashes_parens": f"+{code} ({a}) {b}-{c}",
            "phone_national_trunk": "0" + national,
            "phone_double_plus": "+" + good,
            "phone_scientific": f"{digits[0]}.{digits[1:6]}E+{len(digits) - 1}",
            "phone_decimal_tail": digits + ".0",
            "phone_fullwidth_digits": "+" + "".join(chr(0xFF10 + int(d)) for d in digits),
            "phone_trailing_space": good + " ",
            "phone_00_prefix": "00" + digits,
        }[kind]

    def unused_phone(self, kind, code, national):
        """One that is no duplicate as well."""
        while True:
            phone = self.dirty_phone(kind, code, national)
            if phone[1:] not in self.used:
                self.used.add(phone[1:])
                return phone
            national = str(self.below(10 ** 9)).zfill(9)

    def budget(self):
        r = self.rnd()
        if r < 0.15:
            return ""
        if r < 0.75:
            return str(1000 + self.below(99000))
        if r < 0.93:
            return "%d.%02d" % (1000 + self.below(99000), self.below(100))
        return "%d,%03d" % (1 + self.below(250), self.below(1000))

    def notes(self):
        """The text, and whether it is quoted without need."""
        r = self.rnd()
        if r < 0.30:
            return "", False
        text = " ".join(self.pick(WORDS) for _ in range(3 + self.below(12)))
        if r < 0.62:
            return text, False
        if r < 0.77:
            return text.replace(" ", ", ", 2), False
        if r < 0.85:
            first, rest = text.split(" ", 1)
            return f'said "{first}" and {rest}', False
        if r < 0.93:
            return text.replace(" ", self.eol, 1 + self.below(2)), False
        if r < 0.96:
            return 'line 1, "' + text.replace(" ", '",' + self.eol, 1), False
        return "naïve café — “" + text + "” ✓", True

    def spoil(self, row, kind, code, national):
        local, domain = row[EMAIL].split("@")
        if kind in PHONE_LIB_KINDS:
            row[PHONE] = self.unused_phone(kind, code, national)
        elif kind.startswith("phone_"):
            row[PHONE] = self.dirty_phone(kind, code, national)
        elif kind.startswith("email_"):
            row[EMAIL] = {
                "email_no_at": local + domain, "email_double_at": f"{local}@@{domain}",
                "email_no_tld": local + "@" + domain.split(".")[0], "email_space": f"{local} x@{domain}",
                "email_empty_local": "@" + domain, "email_empty_domain": local + "@",
                "email_double_dot_domain": local + "@" + domain.replace(".", "..", 1),
            }[kind]
        elif kind == "missing_name":
            row[NAME] = self.pick(["", "", "  "])
        elif kind == "missing_phone":
            row[PHONE] = ""
        elif kind == "missing_email":
            row[EMAIL] = ""
        elif kind == "duplicate_phone":
            row[PHONE] = self.pick(self.clean_rows)[PHONE]
        elif kind == "duplicate_row":
            row = list(self.pick(self.clean_rows))
        elif kind == "timezone_unknown":
            row[TIMEZONE] = self.pick(BAD_TZ)
        elif kind == "too_few_columns":
            row = row[: 3 + self.below(4)]
        elif kind == "too_many_columns":
            row = row + ["extra"] * (1 + self.below(2))
        return row

    def row(self, i):
        """Cells, whether the notes are quoted without need, and the kind of error or None."""
        country = self.pick(self.countries)
        zones, ending = COUNTRIES[country][3:]
        first, last = self.pick(FIRST), self.pick(LAST)
        name = first + " " + last
        if self.rnd() < 0.03:
            name = last + ", " + first
        code, national = self.number(country)
        plain_first = first.translate(ASCII_MAP).lower()
        plain_last = last.translate(ASCII_MAP).lower().replace("'", "")
        email = ((plain_first if plain_first.isascii() else "u") + "." +
                 (plain_last if plain_last.isascii() else "lead") + str(i) + "@" + self.pick(DOMAIN) + "." + ending)
        company = self.pick(CO1) + " " + self.pick(CO2) + (", " if self.rnd() < 0.10 else " ") + self.pick(CO3)
        zone = self.pick(zones)
        title = self.pick(TITLES)
        budget = self.budget()
        notes, force_quotes = self.notes()
        row = [name, "+" + code + national, email, company, zone, title, budget, notes]
        if self.rnd() < self.dirty_share:
            kind = self.pick(self.pick(self.groups))
            if kind in DUP_KINDS and not self.clean_rows:
                kind = "phone_letters"
            self.counts[kind] += 1
            return self.spoil(row, kind, code, national), force_quotes, kind
        if len(self.clean_rows) < 4096:
            self.clean_rows.append(row)
        elif self.rnd() < 0.01:
            self.clean_rows[self.below(4096)] = row
        return row, force_quotes, None


class Stats:
    def __init__(self):
        self.values = {"fields": len(HEADER), "quoted_fields": 0, "fields_with_newline": 0, "fields_with_quote": 0,
                       "fields_with_comma": 0, "non_ascii_rows": 0, "physical_lines": 1}

    def add_quoted(self, field):
        v = self.values
        v["quoted_fields"] += 1
        v["fields_with_newline"] += "\n" in field
        v["physical_lines"] += field.count("\n")
        v["fields_with_quote"] += '"' in field
        v["fields_with_comma"] += "," in field

    def line(self, row, force_quotes):
        cells = []
        for field in row:
            cell = quote(field)
            if cell is not field:
                self.add_quoted(field)
            cells.append(cell)
        if force_quotes and len(row) == len(HEADER) and cells[NOTES] is row[NOTES]:
            cells[NOTES] = quote(row[NOTES], True)
            self.values["quoted_fields"] += 1
        line = ",".join(cells)
        self.values["fields"] += len(row)
        self.values["physical_lines"] += 1
        self.values["non_ascii_rows"] += not line.isascii()
        return line


class Writer:
    """A file, its size and its digest."""

    def __init__(self, path):
        self.file = open(path, "wb", buffering=1 << 20)
        self.sha = hashlib.sha256()
        self.size = 0
        self.parts = []

    def put(self, text):
        self.parts.append(text)
        if len(self.parts) > 10000:
            self.flush()

    def flush(self):
        data = "".join(self.parts).encode("utf-8")
        self.parts.clear()
        self.sha.update(data)
        self.size += len(data)
        self.file.write(data)

    def close(self):
        self.flush()
        self.file.close()


def expected_counts(rows, counts):
    total = sum(counts.values())

    def of(kinds):
        return sum(counts[kind] for kind in kinds)

    expected = {
        "rows": rows, "dirty_rows": total, "clean_rows": rows - total,
        "phone_shape_bad": of(PHONE_SHAPE_KINDS), "phone_shape_ok_but_not_a_number": of(PHONE_LIB_KINDS),
        "email_bad": of(EMAIL_KINDS), "required_missing": of(REQUIRED_KINDS), "duplicate_phone": of(DUP_KINDS),
        "timezone_unknown": of(TZ_KINDS), "column_count_bad": of(COL_KINDS),
    }
    # What a checker with plain rules (V), and one with libphonenumber's validity (L), must accept; neither knows zones.
    expected["V_valid"] = rows - sum(expected[k] for k in (
        "phone_shape_bad", "email_bad", "required_missing", "duplicate_phone", "column_count_bad"))
    expected["L_valid"] = expected["V_valid"] - expected["phone_shape_ok_but_not_a_number"]
    return expected


def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dirty", type=float, default=5.0, help="percent of rows that carry one error")
    parser.add_argument("--out", default="leads.csv")
    parser.add_argument("--crlf", action="store_true")
    parser.add_argument("--bom", action="store_true")
    parser.add_argument("--labels", help="file for the kind of each dirty row")
    return parser.parse_args()


def main():
    args = parse_args()
    eol = "\r\n" if args.crlf else "\n"
    generator, stats, out = Generator(args.seed, args.dirty, eol), Stats(), Writer(args.out)
    labels = []
    if args.bom:
        out.put("\ufeff")
    out.put(",".join(HEADER) + eol)
    for i in range(args.rows):
        row, force_quotes, kind = generator.row(i)
        out.put(stats.line(row, force_quotes) + eol)
        if kind:
            labels.append(f"{i + 2} {kind}\n")
    out.close()
    expected = expected_counts(args.rows, generator.counts)
    sidecar = {
        "generator": "gen_leads.py",
        "args": {"rows": args.rows, "seed": args.seed, "dirty": args.dirty, "crlf": args.crlf, "bom": args.bom},
        "bytes": out.size, "sha256": out.sha.hexdigest(), "stats": stats.values, "errors": generator.counts,
        "expected": expected,
    }
    with open(args.out + ".json", "w", encoding="utf-8") as f:
        json.dump(sidecar, f, indent=1)
    if args.labels:
        with open(args.labels, "w", encoding="utf-8") as f:
            f.writelines(labels)
    print(json.dumps({"out": args.out, "bytes": out.size, "dirty": sum(generator.counts.values()), **expected}),
          file=sys.stderr)


if __name__ == "__main__":
    main()
