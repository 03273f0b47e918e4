#include "client/ui/theme.h"

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/theme_style.h"

namespace leadline::ui {
namespace {

constexpr ImU32 Rgb(uint32_t hex, uint32_t alpha = 0xff) {
  return IM_COL32((hex >> 16) & 0xff, (hex >> 8) & 0xff, hex & 0xff, alpha);
}
constexpr uint32_t Hex(ImU32 color) {
  return ((color >> IM_COL32_R_SHIFT) & 0xff) << 16 | ((color >> IM_COL32_G_SHIFT) & 0xff) << 8 |
         ((color >> IM_COL32_B_SHIFT) & 0xff);
}

constexpr Palette kLight = {
    .page = Rgb(0xF6F7F9),
    .surface = Rgb(0xFFFFFF),
    .raised = Rgb(0xEFF2F6),
    .border = Rgb(0xE2E6EC),
    .outline = Rgb(0xC6CDD8),
    .control_border = Rgb(0x8590A2),
    .text = Rgb(0x161A22),
    .muted = Rgb(0x586274),
    .accent = Rgb(0x2B59E0),
    .accent_hover = Rgb(0x2249C4),
    .accent_text = Rgb(0x234FCF),
    .accent_soft = Rgb(0xE8EEFD),
    .on_accent = Rgb(0xFFFFFF),
    .danger = Rgb(0xC4302B),
    .danger_hover = Rgb(0xA82520),
    .focus = Rgb(0x2B59E0),
    .backdrop = Rgb(0x10141C, 0x70),
    .tooltip = Rgb(0x1D222B),
    .on_tooltip = Rgb(0xF5F7FA),
};
constexpr Palette kDark = {
    .page = Rgb(0x0E1115),
    .surface = Rgb(0x161A20),
    .raised = Rgb(0x1F252E),
    .border = Rgb(0x2A313C),
    .outline = Rgb(0x3D4653),
    .control_border = Rgb(0x6D7889),
    .text = Rgb(0xE9ECF1),
    .muted = Rgb(0x9DA8B8),
    .accent = Rgb(0x3A67E8),
    .accent_hover = Rgb(0x2F58D0),
    .accent_text = Rgb(0x91B2FF),
    .accent_soft = Rgb(0x1C2A4E),
    .on_accent = Rgb(0xFFFFFF),
    .danger = Rgb(0xCF3B36),
    .danger_hover = Rgb(0xB9322D),
    .focus = Rgb(0x91B2FF),
    .backdrop = Rgb(0x000000, 0x99),
    .tooltip = Rgb(0xE9ECF1),
    .on_tooltip = Rgb(0x161A20),
};

// By Tone: text, soft, solid.
constexpr ToneColors kLightTones[] = {
    {Rgb(0x4A5464), Rgb(0xECEFF3), Rgb(0x7A8597)}, {Rgb(0x234FCF), Rgb(0xE8EEFD), Rgb(0x2B59E0)},
    {Rgb(0x1F5FA8), Rgb(0xE5F0FB), Rgb(0x2E7DD1)}, {Rgb(0x17693F), Rgb(0xE1F4E9), Rgb(0x2A9A5E)},
    {Rgb(0x8A5208), Rgb(0xFCF0DA), Rgb(0xC27A10)}, {Rgb(0xB42824), Rgb(0xFCE9E8), Rgb(0xD9453F)},
};
constexpr ToneColors kDarkTones[] = {
    {Rgb(0xB3BCCA), Rgb(0x252C36), Rgb(0x8490A3)}, {Rgb(0x91B2FF), Rgb(0x1C2A4E), Rgb(0x5C86F5)},
    {Rgb(0x8CC1F7), Rgb(0x14293F), Rgb(0x3F8FDF)}, {Rgb(0x7BD6A4), Rgb(0x12301F), Rgb(0x35A86B)},
    {Rgb(0xF0BE6A), Rgb(0x35270F), Rgb(0xD18F26)}, {Rgb(0xFF9D97), Rgb(0x3D1A1A), Rgb(0xE5605A)},
};
constexpr char kModeKey[] = "leadline.theme";

ThemeMode LoadMode() {
  const std::string kept = platform::LoadLocal(kModeKey);
  return kept == "light"  ? ThemeMode::kLight
         : kept == "dark" ? ThemeMode::kDark
                          : ThemeMode::kSystem;
}

ThemeMode& Mode() {
  static ThemeMode mode = LoadMode();
  return mode;
}

void SetSizes(ImGuiStyle* style) {
  style->WindowPadding = ImVec2(0, 0);
  style->FramePadding = ImVec2(kSpaceM, kSpaceS);
  style->ItemSpacing = ImVec2(kSpaceS, kSpaceM);
  style->ItemInnerSpacing = ImVec2(kSpaceS, kSpaceXs);
  style->WindowBorderSize = 0;
  style->ChildBorderSize = 0;
  style->PopupBorderSize = 0;
  style->FrameBorderSize = 0;
  style->WindowRounding = 0;
  style->ChildRounding = 0;
  style->PopupRounding = kRadius;
  style->FrameRounding = kRadius;
  style->ScrollbarSize = platform::Env().coarse_pointer ? 6 : 10;
  style->ScrollbarRounding = 5;
  style->WindowMinSize = ImVec2(16, 16);
  style->TouchExtraPadding = ImVec2(0, 0);
}

void SetColors(ImGuiStyle* style, const Palette& p, bool dark) {
  const auto set = [&](ImGuiCol slot, ImU32 color) {
    style->Colors[slot] = ImGui::ColorConvertU32ToFloat4(color);
  };
  set(ImGuiCol_Text, p.text);
  set(ImGuiCol_WindowBg, p.page);
  set(ImGuiCol_ChildBg, IM_COL32_BLACK_TRANS);
  set(ImGuiCol_PopupBg, p.surface);
  set(ImGuiCol_ModalWindowDimBg, IM_COL32_BLACK_TRANS);  // overlays draw their own, without a fade
  set(ImGuiCol_ScrollbarBg, IM_COL32_BLACK_TRANS);
  set(ImGuiCol_ScrollbarGrab, dark ? Rgb(0x39424F) : Rgb(0xCBD2DC));
  set(ImGuiCol_ScrollbarGrabHovered, dark ? Rgb(0x4C5766) : Rgb(0xAFB8C5));
  set(ImGuiCol_ScrollbarGrabActive, p.control_border);
  set(ImGuiCol_NavHighlight, IM_COL32_BLACK_TRANS);
}

}  // namespace

void SetThemeMode(ThemeMode mode) {
  Mode() = mode;
  platform::SaveLocal(kModeKey, mode == ThemeMode::kSystem  ? ""
                                : mode == ThemeMode::kLight ? "light"
                                                            : "dark");
  platform::Wake();
}

ThemeMode GetThemeMode() {
  return Mode();
}

bool DarkTheme() {
  return Mode() == ThemeMode::kSystem ? platform::Env().dark : Mode() == ThemeMode::kDark;
}

const Palette& ColorsOf(bool dark) {
  return dark ? kDark : kLight;
}
const Palette& Colors() {
  return ColorsOf(DarkTheme());
}

ToneColors ToneOf(Tone tone, bool dark) {
  return (dark ? kDarkTones : kLightTones)[static_cast<int>(tone)];
}
ToneColors ToneOf(Tone tone) {
  return ToneOf(tone, DarkTheme());
}

float ControlHeight() {
  return platform::Env().coarse_pointer ? 44 : 36;
}
float RowHeight() {
  return platform::Env().coarse_pointer ? 44 : 40;
}

void ApplyTheme() {
  const bool dark = DarkTheme();
  const float ratio = platform::Env().pixel_ratio;
  ImGuiStyle& style = ImGui::GetStyle();
  SetSizes(&style);
  SetColors(&style, Colors(), dark);
  // Tolerances are in CSS pixels; they have to shrink as the device's pixels do.
  style.CircleTessellationMaxError = 0.2f / ratio;
  style.CurveTessellationTol = 0.6f / ratio;
  const Palette& p = Colors();
  platform::SetPageTheme({dark, Hex(p.page), Hex(p.text), Hex(p.muted), Hex(p.accent)});
}

std::string_view VisibleName(std::string_view name) {
  return name.substr(0, name.find("##"));
}

}  // namespace leadline::ui
