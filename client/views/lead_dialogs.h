// The dialogs over one lead: set the status, delete, suppress the number, preview of the request.
#pragma once

#include "client/views/view.h"

namespace leadline {

// The local state of the panel's dialogs.
struct LeadDialogs {
  bool status_open = false;
  int status_choice = -1;
  bool clear_attempts = false;
  bool delete_open = false;
  bool suppress_open = false;
  std::string suppress_reason;
  bool preview_open = false;

  void OpenStatus(const LeadRecord& lead);
  void OpenPreview(const View& view, LeadId id);
  // Draws whichever is open.
  void Draw(const View& view, const LeadRecord& lead);
};

}  // namespace leadline
