// How Dear ImGui is compiled here (its IMGUI_USER_CONFIG).
#pragma once

// WebGL has no base-vertex draw: with 16-bit indices a table of 150 rows would overflow.
#define ImDrawIdx unsigned int
#define IMGUI_USE_WCHAR32         // emoji and rare ideographs
#define IMGUI_ENABLE_TEST_ENGINE  // the hooks of client/ui/audit.cc
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FILE_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_IMPL_OPENGL_ES3
