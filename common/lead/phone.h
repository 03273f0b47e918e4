// Phone numbers: what a cell means, whether a number can exist, whether it may be dialled, and
// where it rings.
//
// The rules are those of libphonenumber: JudgeE164 gives what its isPossibleNumber, isValidNumber,
// getNumberType and getRegionCodeForNumber give for the number parsed from that text, ReadPhone
// what its parse gives, from the metadata release named by PhoneMetadataVersion().
// scripts/gen_phone_tables.py turns that metadata into the tables; a test compares both with
// libphonenumber itself over millions of numbers.
//
// Everything here is pure and thread-safe. The first call unpacks the tables (some three
// milliseconds, 270 KB).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace leadline {

enum class PhoneType : uint8_t {
  kUnknown,
  kFixedLine,
  kMobile,
  kFixedOrMobile,  // the plan does not tell them apart, as in North America
  kTollFree,
  kPremium,
  kSharedCost,
  kVoip,
  kPersonal,
  kPager,
  kUan,  // one number for a whole company
  kVoicemail,
};
inline constexpr int kPhoneTypeCount = 12;

// A stable lower-case name: "unknown", "fixed_line", "mobile", "fixed_or_mobile", "toll_free",
// "premium", "shared_cost", "voip", "personal", "pager", "uan", "voicemail".
std::string_view PhoneTypeName(PhoneType type);

// How the length of the national number stands to the plan of its calling code.
enum class PhoneLength : uint8_t {
  kPossible,
  kLocalOnly,  // complete only for a neighbour: the area code is missing
  kTooShort,
  kTooLong,
  kWrong,       // between two lengths that exist
  kNoSuchPlan,  // no country has this calling code
  kNotANumber,  // not '+' and digits, or too few or too many of them to be read at all
};

struct PhoneVerdict {
  PhoneLength length = PhoneLength::kNotANumber;
  bool possible = false;  // kPossible or kLocalOnly, as libphonenumber has it
  bool valid = false;     // in the plan known to us
  bool canonical =
      false;  // the text is the E.164 form of the number it is read as: see CanonicalE164
  PhoneType type = PhoneType::kUnknown;
  char region[4] = "";  // ISO 3166 "US", "001" for a calling code without a country, "" for unknown

  std::string_view region_code() const { return region; }
  friend bool operator==(const PhoneVerdict& a, const PhoneVerdict& b) {
    return a.length == b.length && a.possible == b.possible && a.valid == b.valid &&
           a.canonical == b.canonical && a.type == b.type && a.region_code() == b.region_code();
  }
};

// The verdict on `e164`, '+' and ASCII digits. Never allocates; some 30 ns.
//
// libphonenumber reads a trunk prefix written after the calling code as not there: +4402077993403
// is judged as +442077993403. Such a text gets that number's verdict with canonical = false; it
// must not be stored or dialled as it is.
PhoneVerdict JudgeE164(std::string_view e164);

// The E.164 form of the number that `e164` is read as; the text itself where the verdict is
// canonical; empty when length is kNoSuchPlan or kNotANumber.
std::string CanonicalE164(std::string_view e164);

// Types as a set of bits, for the administrator's setting.
using PhoneTypeSet = uint16_t;
constexpr PhoneTypeSet PhoneTypeBit(PhoneType type) {
  return static_cast<PhoneTypeSet>(1u << static_cast<unsigned>(type));
}
inline constexpr PhoneTypeSet kDialableTypes =
    PhoneTypeBit(PhoneType::kFixedLine) | PhoneTypeBit(PhoneType::kMobile) |
    PhoneTypeBit(PhoneType::kFixedOrMobile) | PhoneTypeBit(PhoneType::kTollFree) |
    PhoneTypeBit(PhoneType::kVoip) | PhoneTypeBit(PhoneType::kUan);

// The one rule for what may be dialled at all: a valid canonical number of an allowed type in a
// country, complete for a caller from abroad. As shipped premium, shared-cost, personal, pager and
// voicemail numbers are refused. `allowed` is widened only by an administrator; it never admits an
// invalid number or one that belongs to no country (satellite and international networks, region
// "001").
bool IsDialable(const PhoneVerdict& verdict, PhoneTypeSet allowed = kDialableTypes);
bool IsDialableType(PhoneType type, std::string_view region, PhoneTypeSet allowed = kDialableTypes);

// What a person's cell means.
struct PhoneReading {
  // The number as E.164 where one can be read, also where it is not valid or not dialable; else
  // empty. It is what to store when fine(), and a proposal to show when `repaired`.
  std::string e164;
  // Of e164.
  PhoneVerdict verdict;
  // A stable slug, "" = fine as it stands. The texts: PhoneProblemText.
  const char* problem_code = "";
  // What was changed, in words: "added the country code +1; removed spaces and punctuation".
  std::string repair_note;
  // e164 differs from the cell: to be confirmed by a person, never applied silently.
  bool repaired = false;

  bool fine() const { return *problem_code == '\0'; }
};

// Reads `raw` (any bytes, any length; over 250 bytes is refused). `default_region` is an ISO 3166
// code in either case, or empty: national forms are read only with a region that is known.
//
// problem_code is the first that applies:
// - No number can be read, e164 is empty: phone_missing, phone_placeholder, phone_scientific,
//   phone_letters, phone_several, phone_unreadable, phone_no_country_code (no region, or an unknown
//   one), phone_unknown_country_code, phone_too_short, phone_too_long, phone_wrong_length;
//   phone_not_dialable for a bare 911, 112, 999 and the like.
// - A number, but not one to call: phone_not_in_plan (possible, not valid); phone_not_dialable
//   (valid, not IsDialable as shipped; where an administrator allows more, ask IsDialable again).
// - A number to call, proposed as a repair: phone_extension, phone_vanity_letters, phone_letters
//   (O for 0), phone_label, phone_decimal_tail, phone_fullwidth_digits, phone_double_plus,
//   phone_00_prefix, phone_no_country_code (read in default_region), phone_missing_plus,
//   phone_doubled_country_code, phone_trunk_zero, phone_has_punctuation, phone_surrounding_space.
//
// Whenever e164 is not empty, ReadPhone(e164, any region) gives the same e164 and verdict again,
// with repaired = false.
PhoneReading ReadPhone(std::string_view raw, std::string_view default_region);

// The texts of a problem code.
struct PhoneProblem {
  const char* code;
  const char* message;  // what is wrong
  const char* mend;     // what to do
  const char* example;  // a cell that would be right
};
// The entry of `code`; for a code that is not in the table, the one of phone_unreadable.
const PhoneProblem& PhoneProblemText(std::string_view code);
std::span<const PhoneProblem> PhoneProblems();

// The IANA time zones in which a number may ring, in libphonenumber's order: those of its longest
// known prefix for numbers tied to a place, those of the whole calling code for others (mobile and
// toll-free numbers move about). A view of static data.
class PhoneZones {
 public:
  PhoneZones() = default;
  PhoneZones(const uint16_t* first, size_t size) : first_(first), size_(size) {}
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::string_view operator[](size_t i) const;  // REQUIRES i < size()

  class Iterator {
   public:
    Iterator(const PhoneZones* zones, size_t i) : zones_(zones), i_(i) {}
    std::string_view operator*() const { return (*zones_)[i_]; }
    Iterator& operator++() {
      ++i_;
      return *this;
    }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.i_ != b.i_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.i_ == b.i_; }

   private:
    const PhoneZones* zones_;
    size_t i_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size_}; }

 private:
  const uint16_t* first_ = nullptr;
  size_t size_ = 0;
};
// Empty for a number that is not valid.
PhoneZones ZonesOfPhone(std::string_view e164);

// Every region with a numbering plan, by code; without "001".
struct PhoneRegion {
  char code[3];  // "US"
  uint16_t calling_code;
};
std::span<const PhoneRegion> PhoneRegions();

// 0 for a region that is not known. The case does not matter.
int CallingCodeOfRegion(std::string_view region);

// "google-libphonenumber 3.2.47": the package whose metadata is in use.
std::string_view PhoneMetadataVersion();

}  // namespace leadline
