#!/usr/bin/env python3
"""Writes zone_names.inc, the sorted names of all time zones, from the IANA database's compact form.

  zone_names.py [/usr/share/zoneinfo/tzdata.zi] > zone_names.inc

Z lines define zones, L lines links (old and alternative names). Names that are no zones of people are left out: fixed
abbreviations (EST), the old EST5EDT kind, and Factory.
"""
import re
import sys

NOT_OF_PEOPLE = re.compile(r"^(EST|MST|HST|CET|MET|EET|WET|Factory|[A-Z]{3}\d[A-Z]{3})$")


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo/tzdata.zi"
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    version = lines[0].removeprefix("# version ").strip()
    names = set()
    for line in lines:
        words = line.split(" ")
        if words[0] == "Z":
            names.add(words[1])
        elif words[0] == "L":
            names.add(words[2])
    names = sorted(n for n in names if not NOT_OF_PEOPLE.match(n))
    print(f"// Made by zone_names.py from tzdata {version}; not edited by hand.")
    print(f'constexpr std::string_view kVersion = "{version}";')
    print(f"constexpr size_t kNameCount = {len(names)};")
    print("constexpr char kNames[] =  // each ends with a NUL")
    for name in names:
        print(f'    "{name}\\0"')
    print("    ;")


main()
