// Small pictures of numbers. Each is an image whose text says the same ("Calls per hour. 9: 12, 10:
// 30").
#pragma once

#include <vector>

#include "client/ui/theme.h"

namespace leadline::ui {

// One number with a name; the whole tile is a link when href is given.
void StatTile(std::string_view name, std::string_view value, std::string_view detail = {},
              Tone tone = Tone::kNeutral, std::string_view href = {});

struct Datum {
  std::string_view name = {};
  double value = 0;
  Tone tone = Tone::kAccent;
};
// Vertical bars; names below, as many as fit.
void BarChart(std::string_view name, const std::vector<Datum>& data, float height_px = 160);
// One line of parts of a whole, with a legend.
void StackedBar(std::string_view name, const std::vector<Datum>& data);
void LineChart(std::string_view name, const std::vector<Datum>& data, float height_px = 160);
// A line without axes, 24 px high.
void Sparkline(std::string_view name, const std::vector<double>& values, float width_px = 120);

}  // namespace leadline::ui
