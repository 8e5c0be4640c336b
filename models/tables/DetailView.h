// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/UntrustedText.h"
#include "models/tables/TimelineView.h"

namespace mailward {

/// A piece of a fact; a link when it has a target.
struct FactPart {
    UntrustedText text;
    Target target;
};

/// One labelled line of the drawer.
struct Fact {
    QString label;
    std::vector<FactPart> parts;
    Meaning meaning = Meaning::Plain;
};

struct DetailLine {
    UntrustedText text; ///< the line as the server wrote it
    bool highlighted = true; ///< false: context around what was asked for
};

/// Everything the drawer says about one thing.
struct DetailView {
    Target target;
    QString kind; ///< "Address", "Account" ...
    UntrustedText title;
    CountryCode country = kNoCountry;
    std::vector<Fact> facts;
    TimelineView timeline; ///< no bins: not shown
    std::vector<DetailLine> lines;
    std::uint64_t linesTotal = 0;
    QString notice; ///< why something is missing, or that it is on its way
    QString fetchFrom; ///< server that may still have lines which are no longer kept here; empty: none
    Target missingLine; ///< ... one of them
    bool canBan = false;
    bool canAllow = false;
};

} // namespace mailward
