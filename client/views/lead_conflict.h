// Somebody else saved the same lead meanwhile: both values of every field that differs, side by
// side. Nothing is overwritten unless the user says so. Pure functions, and one view.
#pragma once

#include <string>
#include <vector>

#include "client/views/view.h"

namespace leadline {

struct Difference {
  std::string field;  // "name", "variables.budget", "contacts"
  std::string title;  // for people
  std::string mine;
  std::string theirs;
  bool take_mine = true;  // what is chosen: at first mine where I changed it, else theirs
};

// What differs between `mine` and `theirs`; `base` is what both began with.
std::vector<Difference> DifferencesOf(const LeadDraft& base, const LeadDraft& mine,
                                      const LeadDraft& theirs);
// `theirs` with those of mine that were chosen.
LeadDraft Merge(const LeadDraft& mine, const LeadDraft& theirs,
                const std::vector<Difference>& chosen);

// Draws the choice. True in the frame in which the user decides; `*discard` when mine is given up.
bool ConflictView(const View& view, std::vector<Difference>* differences, bool* discard);

}  // namespace leadline
