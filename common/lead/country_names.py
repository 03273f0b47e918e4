#!/usr/bin/env python3
"""Writes country_names.inc, what people call the countries, from the package iso-codes (names and their translations).

  country_names.py > country_names.inc

A line is "DE DEU germany deutschland ...": both codes, then names folded as FoldKey (common/base/fold.h) folds them. All
countries in English and their own languages; those that lists are full of in German, French, Spanish and Italian too.
"""
import gettext
import json
import re
import unicodedata

ISO = "/usr/share/iso-codes/json/iso_3166-1.json"
LOCALES = "/usr/share/locale"
OWN = """AE ar,AL sq,AM hy,AR es,AT de,AU en,AZ az,BA bs,BD bn,BE nl fr de,BG bg,BO es,BR pt,BY be ru,CA fr,CH de fr it,CL es,CN
zh_CN,CO es,CR es,CU es,CY el tr,CZ cs,DE de,DK da,DO es,DZ ar fr,EC es,EE et,EG ar,ES es ca,FI fi sv,FR fr,GB cy,GE ka,GR el,
GT es,HK zh_TW,HN es,HR hr,HU hu,ID id,IE ga,IL he,IN hi,IQ ar,IR fa,IS is,IT it,JO ar,JP ja,KE sw,KR ko,KW ar,KZ kk ru,LB ar
fr,LT lt,LU fr de,LV lv,LY ar,MA ar fr,MD ro,ME sr,MK mk,MN mn,MX es,MY ms,NI es,NL nl,NO nb nn,NP ne,OM ar,PA es,PE es,PH tl,
PK ur,PL pl,PT pt,PY es,QA ar,RO ro,RS sr,RU ru,SA ar,SE sv,SI sl,SK sk,SN fr,SV es,SY ar,TH th,TN ar fr,TR tr,TW zh_TW,TZ sw,
UA uk ru,UY es,UZ uz ru,VE es,VN vi,ZA af"""
WELL_KNOWN = """AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HR HU ID IE IL IN IS IT JP KR LT LU LV MA MT MX NL NO
NZ PE PH PL PT RO RS RU SA SE SG SI SK TH TN TR TW UA US VN ZA"""
ABROAD = ["de", "fr", "es", "it"]
ALSO = {
    "AE": "uae emirates", "BA": "bosnia", "BO": "bolivia", "CD": "drcongo congokinshasa", "CG": "congobrazzaville",
    "CI": "ivorycoast", "CN": "prc mainlandchina 中国大陆 中國", "CV": "capeverde", "CZ": "czechrepublic ceskarepublika cesko",
    "DE": "brd bundesrepublikdeutschland", "FM": "micronesia", "FR": "lafrance",
    "GB": "uk greatbritain britain england scotland wales northernireland grossbritannien vereinigteskonigreich royaumeuni "
          "reinounido regnounito angleterre inghilterra inglaterra великобритания 英国 イギリス",
    "GR": "hellas ellada el", "HK": "hongkongsar 香港", "IE": "republicofireland eire", "IR": "iran", "KP": "northkorea",
    "KR": "korea southkorea sudkorea 한국", "LA": "laos", "MD": "moldova", "MK": "macedonia", "MM": "burma", "MO": "macao macau",
    "NL": "holland thenetherlands", "PS": "palestine", "RU": "russia россия", "SK": "slovakrepublic", "SY": "syria",
    "SZ": "swaziland", "TR": "turkey turkiye", "TW": "taiwan 台湾 台灣", "TZ": "tanzania",
    "US": "usa us unitedstatesofamerica america theunitedstates theusa vereinigtestaatenvonamerika etatsunisdamerique eeuu "
          "estadosunidosdeamerica estadosunidos statiuniti сша 美国 アメリカ 米国",
    "VA": "vatican", "VE": "venezuela", "VN": "vietnam",
}


def fold(text):
    text = unicodedata.normalize("NFC", text).replace("ß", "ss").replace("ẞ", "ss")
    out = []
    for c in text:
        if ord(c) < 0x180:
            plain = unicodedata.normalize("NFD", c)[0]
            c = {"ø": "o", "Ø": "o", "đ": "d", "ð": "d", "þ": "t", "ł": "l", "Ł": "l", "ı": "i", "æ": "a", "Æ": "a"}.get(c, plain)
            c = c.lower()
            if not re.match(r"[a-z0-9]", c):
                continue
        elif 0x391 <= ord(c) <= 0x3A9 or 0x400 <= ord(c) <= 0x42F:
            c = c.lower()
        elif 0x300 <= ord(c) < 0x370 or c.isspace() or ord(c) in range(0x2000, 0x2070):
            continue
        out.append(c)
    return "".join(out)


def main():
    own = {words.split()[0]: words.split()[1:] for words in OWN.replace("\n", " ").split(",")}
    well_known = WELL_KNOWN.split()
    catalogs = {}

    def translate(language, name):
        if language == "en":
            return name
        if language not in catalogs:
            catalogs[language] = gettext.translation("iso_3166-1", LOCALES, [language], fallback=True)
        return catalogs[language].gettext(name)

    with open(ISO, encoding="utf-8") as f:
        countries = sorted(json.load(f)["3166-1"], key=lambda c: c["alpha_2"])
    taken = {"congo": "two countries"}
    print("// Made by country_names.py from iso-codes; not edited by hand.")
    print('constexpr std::string_view kCountries =')
    for c in countries:
        code = c["alpha_2"]
        languages = ["en"] + own.get(code, []) + (ABROAD if code in well_known else [])
        sources = [c[k] for k in ("common_name", "name") if k in c]
        names = ALSO.get(code, "").split()
        for language in languages:
            for source in sources:
                name = re.sub(r"\(.*?\)", "", translate(language, source)).split(",")[0]
                names.append(fold(name))
        mine = []
        for name in names:
            # What two countries are called belongs to none of them, but for the one that says so by hand.
            if len(name) < 2 or name in mine or name in taken:
                continue
            taken[name] = code
            mine.append(name)
        print(f'    "{code} {c["alpha_3"]} {" ".join(mine)}\\n"')
    print("    ;")


main()
