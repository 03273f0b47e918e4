// What the cells of a column have in common: the half of typed_value.h that guesses.
#include <algorithm>

#include "common/base/fold.h"
#include "common/lead/email.h"
#include "common/lead/number_text.h"
#include "common/lead/typed_value.h"
#include "common/lead/yes_no.h"

namespace leadline {
namespace {

using Cells = std::span<const std::string_view>;

constexpr size_t kLeastCells = 3;
constexpr size_t kCellsPerMiss = 20;  // one in so many may be something else
constexpr size_t kLeastChoiceCells = 20;
constexpr size_t kMostGuessedChoices = 12;
constexpr size_t kChoiceBytes = 30;
constexpr size_t kCellsPerChoice = 5;

// How many cells `fits` holds for; 0 as soon as they are too few.
template <typename Fits>
size_t CountFits(Cells cells, const Fits& fits) {
  size_t misses = 0;
  for (const std::string_view cell : cells) {
    if (!fits(cell) && ++misses * kCellsPerMiss > cells.size()) return 0;
  }
  return cells.size() - misses;
}

double ShareOf(size_t fits, Cells cells) {
  return cells.empty() ? 0 : static_cast<double>(fits) / static_cast<double>(cells.size());
}

bool IsDateOf(const DateReading& reading, ValueType type) {
  const bool date = reading.fault == DateFault::kNone || reading.fault == DateFault::kCentury;
  return date && (type == ValueType::kDateTime || !reading.has_time);
}

// The ways of reading that most cells allow; and whether the others would read them differently.
template <typename Way>
struct BestWay {
  Way way{};
  size_t fits = 0;
  bool several = false;
};
template <typename Way, typename Fits>
BestWay<Way> FindBest(Cells cells, std::span<const Way> ways, Way habit, const Fits& fits) {
  BestWay<Way> best;
  for (const Way way : ways) {
    const size_t count = CountFits(cells, [&](std::string_view c) { return fits(c, way); });
    if (count == 0 || count < best.fits) continue;
    best.several = count == best.fits;
    if (!best.several || way == habit) best.way = way;
    best.fits = count;
  }
  return best;
}

TypeGuess GuessOrder(const ColumnType& type, Cells cells, std::string_view region) {
  constexpr DateOrder kOrders[] = {DateOrder::kDmy, DateOrder::kMdy, DateOrder::kYmd};
  const DateOrder habit = DateOrderOf(region);
  const auto best = FindBest<DateOrder>(
      cells, kOrders, habit,
      [&](std::string_view c, DateOrder o) { return IsDateOf(ReadDate(c, o), type.type); });
  TypeGuess guess{type, ShareOf(best.fits, cells)};
  if (!best.several) {
    guess.type.order = best.way;
    return guess;
  }
  guess.ambiguous = std::any_of(cells.begin(), cells.end(), [](std::string_view c) {
    return ReadDate(c, DateOrder::kUnknown).fault == DateFault::kOrder;
  });
  const bool known = guess.ambiguous && habit != DateOrder::kUnknown;
  guess.type.order = known ? best.way : DateOrder::kUnknown;
  return guess;
}

TypeGuess GuessDecimal(const ColumnType& type, Cells cells, std::string_view region) {
  constexpr DecimalSign kSigns[] = {DecimalSign::kPoint, DecimalSign::kComma};
  const DecimalSign habit = DecimalSignOf(region);
  const auto best =
      FindBest<DecimalSign>(cells, kSigns, habit, [&](std::string_view c, DecimalSign sign) {
        return IsPlainDigits(c) || !ReadNumber(c, sign, type.chosen).empty();
      });
  TypeGuess guess{type, ShareOf(best.fits, cells)};
  if (!best.several) {
    guess.type.decimal = best.way;
    return guess;
  }
  const bool matters = std::any_of(cells.begin(), cells.end(), [&](std::string_view c) {
    return !IsPlainDigits(c) && ReadNumber(c, DecimalSign::kUnknown, type.chosen).empty() &&
           !ReadNumber(c, best.way, type.chosen).empty();
  });
  if (!matters) return guess;
  // 10,000 is ten thousand where the point is the decimal sign. Elsewhere 10.000 may as well come
  // from a program that writes points.
  guess.type.decimal = habit;
  guess.ambiguous = habit != DecimalSign::kPoint;
  return guess;
}

bool HasLeadingZero(std::string_view cell) {
  return cell.size() > 1 && cell[0] == '0' && cell[1] >= '0' && cell[1] <= '9';
}
// 20260304, or a spreadsheet's day number: more often a figure than a date.
bool IsFigure(std::string_view cell) {
  return cell.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::count(cell.begin(), cell.end(), '.') <= 1;
}

TypeGuess GuessNumber(Cells cells, std::string_view region) {
  if (std::any_of(cells.begin(), cells.end(), HasLeadingZero)) return {};
  TypeGuess guess = GuessDecimal({.type = ValueType::kNumber}, cells, region);
  // Nothing is lost by leaving them alone.
  if (guess.ambiguous && guess.type.decimal == DecimalSign::kUnknown) return {};
  return guess;
}

TypeGuess GuessDate(Cells cells, std::string_view region) {
  if (std::all_of(cells.begin(), cells.end(), IsFigure)) return {};
  TypeGuess guess = GuessOrder({.type = ValueType::kDateTime}, cells, region);
  if (guess.score == 0) return guess;
  const bool times = std::any_of(cells.begin(), cells.end(), [&](std::string_view c) {
    return ReadDate(c, guess.type.order).has_time;
  });
  if (!times) guess.type.type = ValueType::kDate;
  if (guess.ambiguous && guess.type.order == DateOrder::kUnknown) guess.type = {};
  return guess;
}

TypeGuess GuessYesNo(Cells cells) {
  bool words = false;  // not just y, n, j
  bool yes = false;
  bool no = false;
  const size_t fits = CountFits(cells, [&](std::string_view cell) {
    const std::string_view answer = ReadYesNo(cell, false);
    words |= !answer.empty() && cell.size() > 1;
    yes |= answer == "yes";
    no |= answer == "no";
    return !answer.empty();
  });
  if (!words && !(yes && no)) return {};
  return {{.type = ValueType::kYesNo}, ShareOf(fits, cells)};
}

TypeGuess GuessBy(ValueType type, Cells cells, std::string_view region) {
  const ColumnType asked{.type = type};
  const size_t fits = CountFits(
      cells, [&](std::string_view c) { return ReadTyped(c, asked, region).problem.empty(); });
  return {asked, ShareOf(fits, cells)};
}

TypeGuess GuessChoice(Cells cells) {
  if (cells.size() < kLeastChoiceCells) return {};
  ColumnType type{.type = ValueType::kChoice};
  for (const std::string_view cell : cells) {
    if (cell.size() > kChoiceBytes) return {};
    if (std::find(type.choices.begin(), type.choices.end(), cell) != type.choices.end()) continue;
    if (type.choices.size() == kMostGuessedChoices) return {};
    type.choices.emplace_back(cell);
  }
  if (type.choices.size() < 2 || type.choices.size() * kCellsPerChoice > cells.size()) return {};
  return {std::move(type), 0.7};
}

}  // namespace

TypeGuess GuessType(Cells cells, std::string_view region) {
  TypeGuess text{{}, 0.5};
  if (cells.size() < kLeastCells) return text;
  TypeGuess guess = GuessYesNo(cells);
  if (guess.score == 0) guess = GuessNumber(cells, region);
  if (guess.score == 0) guess = GuessDate(cells, region);
  for (const ValueType type : {ValueType::kEmail, ValueType::kUrl, ValueType::kPhone}) {
    if (guess.score == 0) guess = GuessBy(type, cells, region);
  }
  if (guess.score == 0) guess = GuessChoice(cells);
  return guess.score == 0 ? text : guess;
}

TypeGuess CompleteType(const ColumnType& type, Cells cells, std::string_view region) {
  const bool date = type.type == ValueType::kDate || type.type == ValueType::kDateTime;
  if (date && type.order == DateOrder::kUnknown) return GuessOrder(type, cells, region);
  if (type.type == ValueType::kNumber && type.decimal == DecimalSign::kUnknown) {
    return GuessDecimal(type, cells, region);
  }
  return {type, 1};
}

}  // namespace leadline
