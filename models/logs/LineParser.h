// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/LineFramer.h"
#include "models/logs/LogBlock.h"
#include "models/logs/RuleMatcher.h"

#include <memory>

namespace mailward {

/// Lines to what they say, each by itself. One a thread: it keeps what it learnt of the log's look. The views in a LogBlock
/// point into the parser, too, so it must live as long as the blocks that it filled.
class LineParser
{
public:
    /// `totalsOnly`: events that no other line can change go to LogBlock::counted, and notes nowhere.
    explicit LineParser(std::shared_ptr<const RuleBook> rules, bool totalsOnly = false);

    /// Appends what the line says. A cut line is never matched: what was cut may be what tells the address from a forgery.
    void parse(const FramedLine& line, LogBlock& block);
    /// All lines of `block.bytes`.
    void parseAll(LogBlock& block) { parseAll(block.bytes.view(), block); }
    /// All lines of `bytes`, which stand outside of the block and must outlive what is made of them; the first at `block.offset`.
    void parseAll(std::string_view bytes, LogBlock& block);

private:
    std::uint32_t stampOf(LogBlock& block);
    void addUnknown(const FramedLine& line, LogBlock& block);
    void addEvent(const LineRef& ref, LogBlock& block);
    void addNote(LogBlock& block);
    void addRepeat(const FramedLine& line, const LineRef& ref, LogBlock& block);

    std::shared_ptr<const RuleBook> m_rules;
    bool m_totalsOnly;
    RuleMatcher m_matcher;
    EnvelopeParser m_envelopes;
    Envelope m_envelope;
    RuleMatch m_match;
    Stamp m_stamp;              ///< of the last line that had one
    bool m_hasStamp = false;
    bool m_isStampKept = false; ///< it stands last in the block
};

} // namespace mailward
