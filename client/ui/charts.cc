#include "client/ui/charts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "client/platform/surface.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"

namespace leadline::ui {
namespace {

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), std::floor(value) == value ? "%.0f" : "%.1f", value);
  return text;
}

std::string Summary(std::string_view name, const std::vector<Datum>& data) {
  std::string text(VisibleName(name));
  for (size_t i = 0; i < data.size(); ++i) {
    text += i == 0 ? ": " : ", ";
    text += std::string(data[i].name) + " " + Number(data[i].value);
  }
  return text;
}

double Highest(const std::vector<Datum>& data) {
  double highest = 0;
  for (const Datum& d : data) highest = std::max(highest, d.value);
  return highest;
}

// The top of the axis: a round number that can be halved, not below the highest value.
double AxisTop(double highest) {
  if (highest <= 0) return 1;
  const double power = std::pow(10, std::floor(std::log10(highest)));
  for (const double step : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
    if (step * power >= highest) return step * power;
  }
  return highest;
}

ImU32 ColorOf(const Datum& datum) {
  return ToneOf(datum.tone).solid;
}

struct Plot {
  ImRect rect;  // the whole chart
  ImRect area;  // inside the axes
  double top = 1;
  bool visible = false;
};

Plot BeginPlot(std::string_view name, const std::vector<Datum>& data, float height_px) {
  Plot plot;
  plot.rect = PlaceItem(ImVec2(AvailableWidth(), height_px));
  plot.visible = PlacePassive(plot.rect);
  plot.top = AxisTop(Highest(data));
  const float left = MeasureText(Face::kSmall, Number(plot.top)).x + kSpaceS;
  plot.area =
      ImRect(plot.rect.Min.x + left, plot.rect.Min.y + 8, plot.rect.Max.x, plot.rect.Max.y - 22);
  semantics::Add({.role = Role::kImage,
                  .name = Summary(name, data),
                  .min = plot.rect.Min,
                  .max = plot.rect.Max});
  if (!plot.visible) return plot;
  for (const double part : {0.0, 0.5, 1.0}) {
    const float y = plot.area.Max.y - plot.area.GetHeight() * static_cast<float>(part);
    Canvas()->AddRectFilled(ImVec2(plot.area.Min.x, y), ImVec2(plot.area.Max.x, y + Hairline()),
                            Colors().border);
    if (part == 0.5 && plot.top < 2) continue;
    DrawTextIn(Canvas(), Face::kSmall, ImVec2(plot.rect.Min.x, y - 8),
               ImVec2(plot.area.Min.x - kSpaceS, y + 8), Colors().muted, Number(plot.top * part),
               1);
  }
  return plot;
}

// As many names below the axis as have room.
void DrawNames(const Plot& plot, const std::vector<Datum>& data) {
  const float step = plot.area.GetWidth() / static_cast<float>(data.size());
  float widest = 0;
  for (const Datum& d : data)
    widest = std::max(widest, MeasureText(Face::kSmall, d.name).x + kSpaceS);
  const auto every = static_cast<size_t>(std::max(1.f, std::ceil(widest / step)));
  for (size_t i = 0; i < data.size(); i += every) {
    const float x = plot.area.Min.x + step * (static_cast<float>(i) + 0.5f);
    const float half = MeasureText(Face::kSmall, data[i].name).x / 2 + 1;
    DrawTextIn(Canvas(), Face::kSmall, ImVec2(x - half, plot.area.Max.y + 5),
               ImVec2(x + half, plot.area.Max.y + 21), Colors().muted, data[i].name, 0.5f);
  }
}

float HeightOf(const Plot& plot, double value) {
  return plot.area.GetHeight() * static_cast<float>(std::max(value, 0.0) / plot.top);
}

void HoverValue(const ImRect& rect, const Datum& datum) {
  if (!ItemHovered(rect)) return;
  GImGui->LastItemData.Rect = rect;
  Tooltip(std::string(datum.name) + ": " + Number(datum.value));
}

void DrawLegend(const std::vector<Datum>& data) {
  BeginRow(kSpaceL);
  for (size_t i = 0; i < data.size(); ++i) {
    const std::string text = std::string(data[i].name) + "  " + Number(data[i].value);
    const ImRect rect = PlaceItem(ImVec2(MeasureText(Face::kSmall, text).x + 16, 20));
    if (!PlacePassive(rect)) continue;
    DrawBox(ImRect(rect.Min.x, rect.Min.y + 5, rect.Min.x + 10, rect.Min.y + 15), ColorOf(data[i]),
            0, 3);
    DrawTextIn(Canvas(), Face::kSmall, ImVec2(rect.Min.x + 16, rect.Min.y), rect.Max,
               Colors().muted, text);
  }
  EndRow();
}

}  // namespace

void StatTile(std::string_view name, std::string_view value, std::string_view detail, Tone tone,
              std::string_view href) {
  const ImRect rect = PlaceItem(ImVec2(AvailableWidth(), 108));
  const uint32_t id = IdOf(name);
  Item item{.rect = rect};
  if (href.empty()) {
    item.visible = PlacePassive(rect);
  } else {
    item = InteractWith(id, rect);
  }
  const Palette& p = Colors();
  if (item.visible) {
    DrawBox(rect, p.surface, item.hovered ? p.control_border : p.border, kRadiusLarge);
    const ImVec2 min(rect.Min.x + kSpaceL, rect.Min.y + 14);
    const float right = rect.Max.x - kSpaceL;
    DrawTextIn(Canvas(), Face::kBody, min, ImVec2(right, min.y + 20), p.muted, VisibleName(name));
    const ImU32 ink = tone == Tone::kNeutral ? p.text : ToneOf(tone).text;
    DrawTextIn(Canvas(), Face::kDisplay, ImVec2(min.x, min.y + 22), ImVec2(right, min.y + 58), ink,
               value);
    DrawTextIn(Canvas(), Face::kSmall, ImVec2(min.x, min.y + 62), ImVec2(right, min.y + 78),
               p.muted, detail);
  }
  if (item.focus_ring) DrawFocusRing(rect, kRadiusLarge);
  const std::string text = std::string(VisibleName(name)) + ": " + std::string(value) +
                           (detail.empty() ? "" : ", " + std::string(detail));
  semantics::Add({.id = href.empty() ? 0 : id,
                  .role = href.empty() ? Role::kText : Role::kLink,
                  .name = text,
                  .detail = href,
                  .state = href.empty() ? 0 : ControlState(),
                  .min = rect.Min,
                  .max = rect.Max});
  if (item.pressed && href.starts_with("#")) platform::FollowHash(href.substr(1));
}

void BarChart(std::string_view name, const std::vector<Datum>& data, float height_px) {
  const Plot plot = BeginPlot(name, data, height_px);
  if (!plot.visible || data.empty()) return;
  const float step = plot.area.GetWidth() / static_cast<float>(data.size());
  const float width = std::min(step * 0.64f, 40.f);
  for (size_t i = 0; i < data.size(); ++i) {
    const float x = plot.area.Min.x + step * (static_cast<float>(i) + 0.5f);
    const float height = HeightOf(plot, data[i].value);
    const ImRect bar(x - width / 2, plot.area.Max.y - height, x + width / 2, plot.area.Max.y);
    if (height > 0)
      Canvas()->AddRectFilled(bar.Min, bar.Max, ColorOf(data[i]), std::min(4.f, width / 4),
                              ImDrawFlags_RoundCornersTop);
    HoverValue(ImRect(x - step / 2, plot.area.Min.y, x + step / 2, plot.area.Max.y), data[i]);
  }
  DrawNames(plot, data);
}

void StackedBar(std::string_view name, const std::vector<Datum>& data) {
  const ImRect rect = PlaceItem(ImVec2(AvailableWidth(), 16));
  double total = 0;
  for (const Datum& d : data) total += std::max(d.value, 0.0);
  semantics::Add(
      {.role = Role::kImage, .name = Summary(name, data), .min = rect.Min, .max = rect.Max});
  if (PlacePassive(rect)) {
    DrawBox(rect, Colors().border, 0, 8);
    float x = rect.Min.x;
    for (size_t i = 0; i < data.size() && total > 0; ++i) {
      const float width =
          rect.GetWidth() * static_cast<float>(std::max(data[i].value, 0.0) / total);
      if (width < 0.5f) continue;
      const bool last = x + width > rect.Max.x - 1;
      const ImDrawFlags corners = (x <= rect.Min.x ? ImDrawFlags_RoundCornersLeft : 0) |
                                  (last ? ImDrawFlags_RoundCornersRight : 0);
      const ImRect part(x, rect.Min.y, last ? rect.Max.x : x + width - 1.5f, rect.Max.y);
      Canvas()->AddRectFilled(
          part.Min, part.Max, ColorOf(data[i]), 8,
          corners == 0 ? static_cast<ImDrawFlags>(ImDrawFlags_RoundCornersNone) : corners);
      HoverValue(part, data[i]);
      x += width;
    }
  }
  DrawLegend(data);
}

void LineChart(std::string_view name, const std::vector<Datum>& data, float height_px) {
  const Plot plot = BeginPlot(name, data, height_px);
  if (!plot.visible || data.empty()) return;
  const float step = plot.area.GetWidth() / static_cast<float>(data.size());
  const ImU32 color = ToneOf(Tone::kAccent).solid;
  std::vector<ImVec2> points;
  for (size_t i = 0; i < data.size(); ++i) {
    points.emplace_back(plot.area.Min.x + step * (static_cast<float>(i) + 0.5f),
                        plot.area.Max.y - HeightOf(plot, data[i].value));
  }
  for (size_t i = 1; i < points.size(); ++i) {
    const ImVec2 quad[] = {points[i - 1], points[i], ImVec2(points[i].x, plot.area.Max.y),
                           ImVec2(points[i - 1].x, plot.area.Max.y)};
    Canvas()->AddConvexPolyFilled(quad, 4, Fade(color, 0.12f));
  }
  Canvas()->AddPolyline(points.data(), static_cast<int>(points.size()), color, 0, 2);
  for (size_t i = 0; i < points.size(); ++i) {
    const ImRect column(points[i].x - step / 2, plot.area.Min.y, points[i].x + step / 2,
                        plot.area.Max.y);
    if (data.size() <= 32 || ItemHovered(column)) Canvas()->AddCircleFilled(points[i], 3, color);
    HoverValue(column, data[i]);
  }
  DrawNames(plot, data);
}

void Sparkline(std::string_view name, const std::vector<double>& values, float width_px) {
  const ImRect rect = PlaceItem(ImVec2(width_px, 24));
  double highest = 0;
  for (const double v : values) highest = std::max(highest, v);
  const std::string last = values.empty()
                               ? "no values"
                               : "now " + Number(values.back()) + ", highest " + Number(highest);
  semantics::Add({.role = Role::kImage,
                  .name = std::string(VisibleName(name)) + ": " + last,
                  .min = rect.Min,
                  .max = rect.Max});
  if (!PlacePassive(rect) || values.size() < 2) return;
  std::vector<ImVec2> points;
  for (size_t i = 0; i < values.size(); ++i) {
    const float x = rect.Min.x + (rect.GetWidth() - 6) * static_cast<float>(i) /
                                     static_cast<float>(values.size() - 1);
    points.emplace_back(
        x, rect.Max.y - 3 - 18 * static_cast<float>(highest > 0 ? values[i] / highest : 0));
  }
  Canvas()->AddPolyline(points.data(), static_cast<int>(points.size()), ToneOf(Tone::kAccent).solid,
                        0, 1.8f);
  Canvas()->AddCircleFilled(points.back(), 3, ToneOf(Tone::kAccent).solid);
}

}  // namespace leadline::ui
