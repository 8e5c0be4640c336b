// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/ParsedBatch.h"

#include <memory>

namespace mailward {

/// What belongs together, over all files of one server. One guess that two daemons report counts once (the later line
/// gets 0 attempts), names missing from one line come from its partner, queue ids tie mail to the account that sent it.
/// Events of the batch are changed in place; events handed out earlier are corrected by Amendments in the batch.
/// Memory is bounded: the newest 65,536 guesses and queue ids are kept.
/// Restart: feed the last stored stretch again and throw the result away; no other state is kept.
class Correlator
{
public:
    Correlator();
    ~Correlator();
    Correlator(Correlator&&) noexcept;
    Correlator& operator=(Correlator&&) noexcept;

    void process(ParsedBatch& batch);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace mailward
