#include "common/table/xml_scanner.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/support/xml_events.h"

namespace leadline {
namespace {

using testing_support::Disagreement;
using testing_support::Scan;
using testing_support::Scanned;

constexpr size_t kWhole = size_t{1} << 30;

std::string Shown(std::string text) {
  std::replace(text.begin(), text.end(), '\x01', ' ');
  std::replace(text.begin(), text.end(), '\x02', '=');
  return text;
}

struct Case {
  std::string name;
  std::string xml;
  std::string expected;  // events, or a slug
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

class XmlScannerRule : public ::testing::TestWithParam<Case> {};
TEST_P(XmlScannerRule, HoldsWhateverThePiecesAndForExpatToo) {
  const Scanned scanned = Scan(GetParam().xml, kWhole);
  EXPECT_EQ(scanned.error.empty() ? Shown(scanned.events) : scanned.error, GetParam().expected);
  EXPECT_EQ(Disagreement(GetParam().xml), "");
}

const Case kAccepted[] = {
    {"Elements", "<a><b/><c></c ><d\n/></a>", "<a><b></><c></><d></></>"},
    {"Prefixes", "<x:a y:b='1'><x:c/></x:a>", "<a y:b=1><c></></>"},
    {"OnlyTheFirstColonEndsAPrefix", "<a:b:c/>", "<b:c></>"},
    {"NamesOfAllCharacters", "<_a-b.c1 \xC3\xA9\xCC\x81='' \xE6\x97\xA5=''/>",
     "<_a-b.c1 \xC3\xA9\xCC\x81= \xE6\x97\xA5=></>"},
    {"Quotes", "<a b='\"' c=\"'\" d = '>'/>", "<a b=\" c=' d=>></>"},
    {"ReferencesInValues", "<a b='&amp;&lt;&gt;&quot;&apos;&#65;&#x42;&#x1F600;'/>",
     "<a b=&<>\"'AB\xF0\x9F\x98\x80></>"},
    {"SpaceInValues", "<a b='1\t2\n3\r4\r\n5&#10;6&#13;7'/>", "<a b=1 2 3 4 5\n6\r7></>"},
    {"ReferencesInText", "<a>1&amp;2&#x26;3&#38;4</a>", "<a>1&2&3&4</>"},
    {"LeadingZerosInReferences", "<a>&#0000000000000065;</a>", "<a>A</>"},
    {"LineEnds", "<a>1\r\n2\r3\n4\r\r\n&#13;</a>", "<a>1\n2\n3\n4\n\n\r</>"},
    {"CData", "<a><![CDATA[<b>&amp;]]]]><![CDATA[>\r\n]]></a>", "<a><b>&amp;]]>\n</>"},
    {"BracketsInText", "<a>]]&gt; ] ]] ]></a>", "<a>]]> ] ]] ]></>"},
    {"Comments", "<!-- <a> --><a>1<!---->2<!-- - & < -->3</a><!-- -->", "<a>123</>"},
    {"Instructions", "<?xmls?><?a <b> ?\?><a>1<?b?>2<?c ?d>?>3</a>\n<?e?>", "<a>123</>"},
    {"Declaration", "<?xml version=\"1.0\" encoding='utf-8' standalone = \"yes\" ?>\n<a/>",
     "<a></>"},
    {"DeclarationOfAscii", "<?xml version='1.0' encoding='US-ASCII'?><a/>", "<a></>"},
    {"ByteOrderMark", "\xEF\xBB\xBF<?xml version='1.0'?><a/>", "<a></>"},
    {"ByteOrderMarkAlone", "\xEF\xBB\xBF<a/>", "<a></>"},
    {"TextBeyondAscii", "<a b='\xC2\x80'>\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBD\xF4\x8F\xBF\xBF</a>",
     "<a b=\xC2\x80>\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBD\xF4\x8F\xBF\xBF</>"},
    {"Deleted", "<a>\x7F</a>", "<a>\x7F</>"},
};
INSTANTIATE_TEST_SUITE_P(Accepted, XmlScannerRule, ::testing::ValuesIn(kAccepted),
                         [](const auto& param_info) { return param_info.param.name; });

const Case kRefused[] = {
    {"Nothing", "", ""},
    {"NoElement", "<!-- -->", ""},
    {"MarkAlone", "\xEF\xBB\xBF", ""},
    {"CutTag", "<a", ""},
    {"CutElement", "<a>", ""},
    {"CutComment", "<a/><!-- -", ""},
    {"CutInstruction", "<a/><?b c?", ""},
    {"CutCData", "<a><![CDATA[]]", ""},
    {"CutCharacter", "<a>\xE6\x97", ""},
    {"OtherEndTag", "<a><b></a></b>", ""},
    {"LongerEndTag", "<a></ab>", ""},
    {"EndTagAlone", "</a>", ""},
    {"EndTagWithAttribute", "<a></a b='1'>", ""},
    {"EndTagWithSpace", "<a></ a>", ""},
    {"SecondRoot", "<a/><b/>", ""},
    {"TextBeforeRoot", "x<a/>", ""},
    {"TextAfterRoot", "<a/>x", ""},
    {"ReferenceAfterRoot", "<a/>&#32;", ""},
    {"CDataAfterRoot", "<a/><![CDATA[]]>", ""},
    {"SpaceBeforeDeclaration", " <?xml version='1.0'?><a/>", ""},
    {"SecondDeclaration", "<a/><?xml version='1.0'?>", ""},
    {"DeclarationInCapitals", "<?XML version='1.0'?><a/>", ""},
    {"DeclarationWithoutVersion", "<?xml encoding='utf-8'?><a/>", ""},
    {"DeclarationInOtherOrder", "<?xml version='1.0' standalone='no' encoding='utf-8'?><a/>", ""},
    {"DeclarationWithMore", "<?xml version='1.0' more='1'?><a/>", ""},
    {"DeclarationWithoutSpace", "<?xml version='1.0'encoding='utf-8'?><a/>", ""},
    {"EncodingOfOddLetters", "<?xml version='1.0' encoding='ut f-8'?><a/>", ""},
    {"EncodingUnknown", "<?xml version='1.0' encoding='utf8'?><a/>", ""},
    {"EncodingLatin1", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", ""},
    {"EncodingUtf16", std::string("\xFF\xFE<\0a\0/\0>\0", 10), ""},
    {"EncodingUtf16Unmarked", std::string("<\0a\0/\0>\0", 8), ""},
    {"InstructionWithoutName", "<? a?><a/>", ""},
    {"InstructionWithOddName", "<?a!?><a/>", ""},
    {"InstructionEndsLikeATag", "<?a><a/>", ""},
    {"CommentWithDashes", "<a><!-- -- --></a>", ""},
    {"CommentEndsWithThreeDashes", "<a><!-- ---></a>", ""},
    {"CommentOfOneDash", "<a><!- --></a>", ""},
    {"CDataInSmallLetters", "<a><![cdata[]]></a>", ""},
    {"CDataEndInText", "<a>]]></a>", ""},
    {"SpaceBeforeName", "< a/>", ""},
    {"DigitBeforeName", "<1a/>", ""},
    {"OddName", "<a$/>", ""},
    {"NameFromAFollower", "<\xCC\x81/>", ""},
    {"NameOfASign", "<a\xC3\x97/>", ""},
    {"SpaceInEmptyTag", "<a / >", ""},
    {"AttributesWithoutSpace", "<a b='1'c='2'/>", ""},
    {"AttributeTwice", "<a b='1' c='2' b='3'/>", ""},
    {"AttributeTwiceAmongMany", "<a b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' b=''/>", ""},
    {"AttributeWithoutValue", "<a b/>", ""},
    {"AttributeWithoutQuotes", "<a b=1/>", ""},
    {"LessInValue", "<a b='<'/>", ""},
    {"AmpersandInValue", "<a b='&'/>", ""},
    {"ReferenceCutInValue", "<a b='&amp' c=';'/>", ""},
    {"UnknownEntityInValue", "<a b='&nbsp;'/>", ""},
    {"AmpersandInText", "<a>a & b</a>", ""},
    {"UnknownEntity", "<a>&nbsp;</a>", ""},
    {"EmptyReference", "<a>&;</a>", ""},
    {"NumberWithoutDigits", "<a>&#;</a>", ""},
    {"HexWithoutDigits", "<a>&#x;</a>", ""},
    {"HexInCapitals", "<a>&#X41;</a>", ""},
    {"HexDigitsInDecimal", "<a>&#4A;</a>", ""},
    {"ReferenceToNul", "<a>&#0;</a>", ""},
    {"ReferenceToControl", "<a>&#31;</a>", ""},
    {"ReferenceToSurrogate", "<a>&#xD800;</a>", ""},
    {"ReferenceToNonCharacter", "<a>&#xFFFE;</a>", ""},
    {"ReferenceTooFar", "<a>&#x110000;</a>", ""},
    {"ReferenceThatWraps", "<a>&#4294967361;</a>", ""},
    {"Nul", std::string("<a>\0</a>", 8), ""},
    {"ControlInText", "<a>\x1F</a>", ""},
    {"ControlInValue", "<a b='\x1F'/>", ""},
    {"ControlInComment", "<!--\x1F--><a/>", ""},
    {"ControlInCData", "<a><![CDATA[\x1F]]></a>", ""},
    {"ControlInInstruction", "<?a \x1F?><a/>", ""},
    {"Continuation", "<a>\x80</a>", ""},
    {"Overlong2", "<a>\xC0\x80</a>", ""},
    {"Overlong3", "<a>\xE0\x9F\xBF</a>", ""},
    {"Overlong4", "<a b='\xF0\x8F\xBF\xBF'/>", ""},
    {"Surrogate", "<a>\xED\xA0\x80</a>", ""},
    {"NonCharacter", "<a>\xEF\xBF\xBE</a>", ""},
    {"TooFar", "<a><![CDATA[\xF4\x90\x80\x80]]></a>", ""},
    {"Latin1", "<!-- \xE9 --><a/>", ""},
    {"Doctype", "<!DOCTYPE a [<!ENTITY lol 'ha'>]><a>&lol;</a>", "xlsx_doctype"},
    {"DoctypeAlone", "<!DOCTYPE a><a/>", "xlsx_doctype"},
    {"DoctypeAfterRoot", "<a/><!DOCTYPE a>", ""},
    {"EntityDeclared", "<!ENTITY lol 'ha'><a/>", ""},
};
std::vector<Case> Refused() {
  std::vector<Case> cases(std::begin(kRefused), std::end(kRefused));
  for (Case& c : cases) {
    if (c.expected.empty()) c.expected = "xlsx_damaged";
  }
  return cases;
}
INSTANTIATE_TEST_SUITE_P(Refused, XmlScannerRule, ::testing::ValuesIn(Refused()),
                         [](const auto& param_info) { return param_info.param.name; });

TEST(XmlScanner, AnotherEncodingIsNamedAsTheReason) {
  const std::string declared = "<?xml version='1.0' encoding='UTF-16'?><a/>";
  for (const std::string& xml : {declared, std::string("\xFE\xFF\0<", 4)}) {
    const Scanned scanned = Scan(xml, kWhole);
    EXPECT_EQ(scanned.error, "xlsx_damaged");
    EXPECT_THAT(scanned.message, testing::HasSubstr("not written in UTF-8. Open it in"));
  }
}

std::string Nested(size_t depth) {
  std::string xml;
  for (size_t i = 0; i < depth; ++i) xml += "<a>";
  for (size_t i = 0; i < depth; ++i) xml += "</a>";
  return xml;
}
std::string WithAttributes(size_t count) {
  std::string xml = "<a";
  for (size_t i = 0; i < count; ++i) xml += " b" + std::to_string(i) + "=''";
  return xml + "/>";
}
std::string Long(size_t bytes) {
  return "<a b='" + std::string(bytes - std::string("<a b=''/>").size(), 'x') + "'/>";
}

TEST(XmlScanner, ReadsUpToItsBoundsAndNoFurther) {
  for (const size_t piece : {kWhole, size_t{1000}}) {
    EXPECT_EQ(Scan(Nested(kMaxXmlDepth), piece).error, "");
    EXPECT_EQ(Scan(Nested(kMaxXmlDepth + 1), piece).error, "xlsx_too_complex");
    EXPECT_EQ(Scan(WithAttributes(kMaxXmlAttributes), piece).error, "");
    EXPECT_EQ(Scan(WithAttributes(kMaxXmlAttributes + 1), piece).error, "xlsx_too_complex");
    EXPECT_EQ(Scan(Long(kMaxXmlTagBytes), piece).error, "");
    EXPECT_EQ(Scan(Long(kMaxXmlTagBytes + 1), piece).error, "xlsx_too_complex");
  }
}

// A tag that does not end is not looked at anew with each piece.
TEST(XmlScanner, AnEndlessTagIsRefusedInLinearTime) {
  EXPECT_EQ(Scan(Long(2 * kMaxXmlTagBytes), 16).error, "xlsx_too_complex");
}

struct Stopper : XmlHandler {
  void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes) override {
    seen += name;
    if (name == "b") scanner->Fail(Invalid("mine", "Mine."));
  }
  void OnEnd(XmlScanner*) override { seen += "/"; }
  void OnText(XmlScanner*, std::string_view text) override { seen += text; }
  std::string seen;
};

TEST(XmlScanner, AFailureOfTheHandlerEndsItAndTextComesOnlyWhenAskedFor) {
  constexpr std::string_view kXml = "<a>text<c/><b/><d/></a>";
  Stopper stopper;
  XmlScanner scanner(&stopper);
  std::copy(kXml.begin(), kXml.end(), scanner.Room(kXml.size()));
  EXPECT_EQ(scanner.Run(kXml.size(), false).slug(), "mine");
  EXPECT_EQ(stopper.seen, "ac/b");
}

TEST(XmlAttributes, AreFoundByTheirLocalNames) {
  const std::vector<XmlAttribute> some = {{"sheetId", "1"}, {"r:id", "rId2"}, {"id", "x"}};
  EXPECT_EQ(FindXmlAttribute(some, "id"), "rId2");
  EXPECT_EQ(FindXmlAttribute(some, "Id"), "");
}

}  // namespace
}  // namespace leadline
