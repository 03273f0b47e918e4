#include "client/ui/fonts.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "imgui_internal.h"

namespace leadline::ui {
namespace {

struct FaceSpec {
  float em_px;
  float line_px;
  bool semibold;
};
constexpr FaceSpec kFaces[] = {{14, 20, false}, {14, 20, true}, {12, 16, false}, {12, 16, true},
                               {16, 24, true},  {22, 30, true}, {28, 36, true}};
constexpr int kFaceCount = static_cast<int>(std::size(kFaces));
// stb_truetype's size is ascent minus descent; Inter's is 1.2102 em (2728 + 680 of 2816 units).
constexpr float kHeightPerEm = (2728.f + 680.f) / 2816.f;
constexpr uint32_t kBlock = 64;          // of an alphabet, in code points
constexpr uint32_t kLastInter = 0x2320;  // Inter's subset has nothing above but U+FFFD
constexpr size_t kMaxForeign = 2000;     // per face; bounds the atlas against hostile texts

struct FaceState {
  ImFont* font = nullptr;
  std::set<uint32_t> wanted;
  std::set<uint32_t> foreign;   // not in Inter: from the system's font
  std::vector<ImWchar> ranges;  // kept: ImGui reads them while building
};

struct Fonts {
  FaceState faces[kFaceCount];
  float built_ratio = 0;
  bool dirty = true;
};

Fonts& F();

// ImGui cuts font sizes to whole pixels. So a font is loaded at that size, rasterized as much finer
// as was lost, and drawn at its true size, which maps its texels onto device pixels again.
float TrueSize(const FaceSpec& spec) {
  return spec.em_px * kHeightPerEm;
}
float Stretch(const FaceSpec& spec) {
  return TrueSize(spec) / std::floor(TrueSize(spec));
}

FaceState& StateOf(Face face) {
  return F().faces[static_cast<int>(face)];
}
const FaceSpec& SpecOf(Face face) {
  return kFaces[static_cast<int>(face)];
}

void MarkDirty() {
  F().dirty = true;
  platform::Wake();
}

void Want(FaceState* face, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i <= last; ++i) face->wanted.insert(i);
}

// The first screen needs nearly all of ASCII: asked for at once, it is rasterized once.
Fonts* NewFonts() {
  auto* fonts = new Fonts;
  for (FaceState& face : fonts->faces) Want(&face, 0x20, 0x7e);
  return fonts;
}

Fonts& F() {
  static Fonts* const fonts = NewFonts();
  return *fonts;
}

void Need(FaceState* face, uint32_t codepoint) {
  if (codepoint == 0xfffd || codepoint > 0x10ffff) return;
  if (codepoint <= kLastInter && face->wanted.count(codepoint) == 0) {
    const uint32_t block = codepoint / kBlock * kBlock;
    Want(face, block, block + kBlock - 1);
    return MarkDirty();
  }
  // What the coming atlas will have is not known yet; the next frame asks again.
  if (F().dirty || face->font->FindGlyphNoFallback(static_cast<ImWchar>(codepoint)) != nullptr)
    return;
  if (face->foreign.size() < kMaxForeign && face->foreign.insert(codepoint).second) MarkDirty();
}

void NeedGlyphs(Face face, std::string_view text) {
  FaceState& state = StateOf(face);
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (static_cast<unsigned char>(*at) < 128) {  // always there
      ++at;
      continue;
    }
    unsigned codepoint = 0;
    at += std::max(1, ImTextCharFromUtf8(&codepoint, at, end));
    Need(&state, codepoint);
  }
}

// Neighbours become one range.
void FillRanges(FaceState* face) {
  face->ranges.clear();
  for (const uint32_t codepoint : face->wanted) {
    if (!face->ranges.empty() && face->ranges.back() + 1 == codepoint) {
      face->ranges.back() = codepoint;
    } else {
      face->ranges.insert(face->ranges.end(), {codepoint, codepoint});
    }
  }
  face->ranges.insert(face->ranges.end(), {0xfffd, 0xfffd, 0});
}

void AddFace(FaceState* face, const FaceSpec& spec, float ratio) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.RasterizerDensity = ratio * Stretch(spec);
  config.OversampleH = ratio >= 2 ? 1 : 2;
  config.OversampleV = 1;
  config.FontDataOwnedByAtlas = false;
  FillRanges(face);
  const std::string_view bytes = platform::FontBytes(spec.semibold);
  if (bytes.empty()) {  // no fonts in native tests
    config.SizePixels = std::floor(TrueSize(spec));
    face->font = atlas->AddFontDefault(&config);
    return;
  }
  face->font =
      atlas->AddFontFromMemoryTTF(const_cast<char*>(bytes.data()), static_cast<int>(bytes.size()),
                                  std::floor(TrueSize(spec)), &config, face->ranges.data());
}

struct Foreign {
  FaceState* face;
  float per_px;  // font units per device pixel
  uint32_t codepoint;
  platform::GlyphImage image;
  int rect;
};

std::vector<Foreign> AddForeign(float ratio) {
  std::vector<Foreign> list;
  for (int i = 0; i < kFaceCount; ++i) {
    FaceState& face = F().faces[i];
    const float per_px = 1 / (ratio * Stretch(kFaces[i]));
    for (const uint32_t codepoint : face.foreign) {
      platform::GlyphImage image = platform::RasterizeGlyph(codepoint, kFaces[i].em_px * ratio);
      if (image.width <= 0 || image.height <= 0) continue;
      const int rect = ImGui::GetIO().Fonts->AddCustomRectFontGlyph(
          face.font, static_cast<ImWchar>(codepoint), image.width, image.height,
          image.advance_px * per_px);
      list.push_back({&face, per_px, codepoint, std::move(image), rect});
    }
  }
  return list;
}

// The image's rows go into the texture; the quad is in CSS pixels, centred in the line.
void PlaceForeign(const std::vector<Foreign>& list) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  atlas->GetTexDataAsRGBA32(&pixels, &width, &height);
  uint32_t* texture = reinterpret_cast<uint32_t*>(pixels);
  for (const Foreign& f : list) {
    const ImFontAtlasCustomRect* rect = atlas->GetCustomRectByIndex(f.rect);
    for (int y = 0; y < f.image.height; ++y) {
      std::copy_n(f.image.pixels.data() + static_cast<size_t>(y) * f.image.width, f.image.width,
                  texture + static_cast<size_t>(rect->Y + y) * width + rect->X);
    }
    auto* glyph = const_cast<ImFontGlyph*>(
        f.face->font->FindGlyphNoFallback(static_cast<ImWchar>(f.codepoint)));
    if (glyph == nullptr) continue;
    glyph->Colored = f.image.colored;
    const float tall = static_cast<float>(f.image.height) * f.per_px;
    glyph->Y0 = (f.face->font->FontSize - tall) / 2;
    glyph->X0 = 0;
    glyph->X1 = static_cast<float>(f.image.width) * f.per_px;
    glyph->Y1 = glyph->Y0 + tall;
  }
}

}  // namespace

void PrepareFonts() {
  Fonts& fonts = F();
  const float ratio = platform::Env().pixel_ratio;
  if (!fonts.dirty && fonts.built_ratio == ratio) return;
  fonts.dirty = false;
  fonts.built_ratio = ratio;
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  atlas->Flags |= ImFontAtlasFlags_NoMouseCursors;
  for (int i = 0; i < kFaceCount; ++i) AddFace(&fonts.faces[i], kFaces[i], ratio);
  const std::vector<Foreign> foreign = AddForeign(ratio);
  atlas->Build();
  if (!foreign.empty()) PlaceForeign(foreign);
  ImGui::GetIO().FontDefault = fonts.faces[0].font;
  platform::UploadFontTexture();
}

bool LettersMissing() {
  return F().dirty;
}

ImFont* FontOf(Face face) {
  return StateOf(face).font;
}
float EmOf(Face face) {
  return SpecOf(face).em_px;
}
float LineHeightOf(Face face) {
  return SpecOf(face).line_px;
}

namespace {

float WidthOf(Face face, const char* begin, const char* end) {
  return FontOf(face)->CalcTextSizeA(TrueSize(SpecOf(face)), FLT_MAX, 0, begin, end).x;
}

// Calls `use(begin, end)` for each line of the text, wrapped at spaces when wrap_width > 0.
template <typename Use>
void ForEachLine(Face face, std::string_view text, float wrap_width, Use use) {
  const ImFont* font = FontOf(face);
  const float scale = Stretch(SpecOf(face));
  if (text.empty()) text = "";  // ImGui takes a null end for "up to the zero"
  const char* begin = text.data();
  const char* const end = begin + text.size();
  do {
    const char* const hard_end = std::find(begin, end, '\n');
    const char* line_end = hard_end;
    if (wrap_width > 0 && begin < hard_end) {
      line_end = font->CalcWordWrapPositionA(scale, begin, hard_end, wrap_width);
    }
    use(begin, line_end);
    begin = line_end;
    while (begin < hard_end && *begin == ' ') ++begin;  // the spaces at which it wrapped
    if (begin == hard_end) ++begin;
  } while (begin < end);
}

}  // namespace

ImVec2 MeasureText(Face face, std::string_view text, float wrap_width) {
  NeedGlyphs(face, text);
  ImVec2 size(0, 0);
  ForEachLine(face, text, wrap_width, [&](const char* begin, const char* end) {
    size.x = std::max(size.x, WidthOf(face, begin, end));
    size.y += LineHeightOf(face);
  });
  return ImVec2(std::ceil(size.x), size.y);
}

namespace {

// ImGui cuts positions to whole CSS pixels; at ratios like 1.5 that is between device pixels and
// blurs. So text is drawn there and its vertices are moved by the rest.
void DrawLine(ImDrawList* list, Face face, ImVec2 at, ImU32 color, const char* begin,
              const char* end) {
  const ImFont* font = FontOf(face);
  const float ratio = platform::Env().pixel_ratio;
  const float size = TrueSize(SpecOf(face));
  const float ascent = std::round(font->Ascent) * Stretch(SpecOf(face));
  const ImVec2 want(std::round(at.x * ratio) / ratio,
                    std::round((at.y + ascent) * ratio) / ratio - ascent);
  const int first = list->VtxBuffer.Size;
  list->AddText(font, size, want, color, begin, end);
  const ImVec2 shift(want.x - std::trunc(want.x), want.y - std::trunc(want.y));
  if (shift.x == 0 && shift.y == 0) return;
  for (int i = first; i < list->VtxBuffer.Size; ++i) {
    list->VtxBuffer[i].pos.x += shift.x;
    list->VtxBuffer[i].pos.y += shift.y;
  }
}

}  // namespace

void DrawTextAt(ImDrawList* list, Face face, ImVec2 at, ImU32 color, std::string_view text,
                float wrap_width, float align_x) {
  NeedGlyphs(face, text);
  at.y += (LineHeightOf(face) - TrueSize(SpecOf(face))) / 2;
  ForEachLine(face, text, wrap_width, [&](const char* begin, const char* end) {
    const float spare = align_x > 0 ? (wrap_width - WidthOf(face, begin, end)) * align_x : 0;
    DrawLine(list, face, ImVec2(at.x + spare, at.y), color, begin, end);
    at.y += LineHeightOf(face);
  });
}

bool DrawTextIn(ImDrawList* list, Face face, ImVec2 min, ImVec2 max, ImU32 color,
                std::string_view text, float align_x) {
  if (text.empty()) return false;
  text = text.substr(0, text.find('\n'));
  const float room = max.x - min.x;
  const float width = MeasureText(face, text).x;
  const float y = min.y + (max.y - min.y - LineHeightOf(face)) / 2;
  if (width <= room + 0.5f) {
    DrawTextAt(list, face, ImVec2(min.x + (room - width) * align_x, y), color, text);
    return false;
  }
  const ImFont* font = FontOf(face);
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  const float dots = MeasureText(face, kEllipsis).x;
  const char* cut = text.data();
  const ImVec2 used = font->CalcTextSizeA(TrueSize(SpecOf(face)), std::max(room - dots, 0.f), 0,
                                          text.data(), text.data() + text.size(), &cut);
  const std::string_view head = text.substr(0, static_cast<size_t>(cut - text.data()));
  DrawTextAt(list, face, ImVec2(min.x, y), color, head);
  if (room >= dots) DrawTextAt(list, face, ImVec2(min.x + used.x, y), color, kEllipsis);
  return true;
}

}  // namespace leadline::ui
