// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/RuleMatcher.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace mailward {

namespace {

constexpr std::uint32_t kMatchLimit = 100'000; // steps; an honest line needs some hundred
constexpr std::uint32_t kHeapLimit = 1024;     // KiB
constexpr std::size_t kStackLimit = 256 * 1024;
constexpr std::size_t kPrograms = 4096;
constexpr std::string_view kOtherPrograms = "(others)";
constexpr std::uint32_t kMostAttempts = 100'000;

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::uint32_t numberOf(std::string_view text)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return 1;
    }
    return std::min(value, kMostAttempts);
}

} // namespace

struct RuleMatcher::Pcre {
    pcre2_match_data_8* data = nullptr;
    pcre2_match_context_8* context = nullptr;
    pcre2_jit_stack_8* stack = nullptr;

    explicit Pcre(std::uint32_t groups)
        : data(pcre2_match_data_create_8(groups + 1, nullptr)),
          context(pcre2_match_context_create_8(nullptr)),
          stack(pcre2_jit_stack_create_8(32 * 1024, kStackLimit, nullptr))
    {
        pcre2_set_match_limit_8(context, kMatchLimit);
        pcre2_set_heap_limit_8(context, kHeapLimit);
        pcre2_jit_stack_assign_8(context, nullptr, stack);
    }
    ~Pcre()
    {
        pcre2_match_data_free_8(data);
        pcre2_match_context_free_8(context);
        pcre2_jit_stack_free_8(stack);
    }
    Pcre(const Pcre&) = delete;
    Pcre& operator=(const Pcre&) = delete;
};

RuleMatcher::RuleMatcher(std::shared_ptr<const RuleBook> rules) : m_rules(std::move(rules))
{
    std::uint32_t groups = 0;
    for (const auto& rule : m_rules->rules()) {
        groups = std::max(groups, rule.groupCount);
    }
    m_pcre = std::make_unique<Pcre>(groups);
}

RuleMatcher::~RuleMatcher() = default;
RuleMatcher::RuleMatcher(RuleMatcher&&) noexcept = default;
RuleMatcher& RuleMatcher::operator=(RuleMatcher&&) noexcept = default;

const RuleMatcher::Program& RuleMatcher::programOf(const Envelope& envelope)
{
    const auto isSame = [&](std::string_view name) {
        return envelope.process.empty() ? name == envelope.program
                                        : name.size() == envelope.program.size() + 1 + envelope.process.size() &&
                                              name.starts_with(envelope.program) && name.ends_with(envelope.process);
    };
    if (m_last != nullptr && isSame(m_last->name)) {
        return *m_last;
    }
    m_key.assign(envelope.program);
    if (!envelope.process.empty()) {
        m_key += '/';
        m_key += envelope.process;
    }
    auto found = m_programs.find(std::string_view(m_key));
    if (found == m_programs.end()) {
        Program program{m_key, {}, serviceFromWord(m_key).value_or(Service::Other)};
        for (const auto index : m_rules->rulesFor(m_key)) {
            program.rules.push_back(&m_rules->rules()[index]);
        }
        if (m_programs.size() >= kPrograms) { // names come from the log, so there may be any number of them
            program.name = kOtherPrograms;
            m_overflow = std::move(program);
            return m_overflow;
        }
        found = m_programs.emplace(m_key, std::move(program)).first;
    }
    m_last = &found->second;
    return *m_last;
}

bool RuleMatcher::tryRule(const Rule& rule, std::string_view message, RuleMatch& out, bool& limited)
{
    if (!rule.prefix.empty() && (message.empty() || message.front() != rule.prefix.front())) {
        return false; // most rules end here
    }
    if (!message.starts_with(rule.prefix) || (!rule.literal.empty() && message.find(rule.literal) == std::string_view::npos)) {
        return false;
    }
    if (!rule.code) {
        return true;
    }
    const int count = pcre2_match_8(rule.code.get(), reinterpret_cast<PCRE2_SPTR8>(message.data()), message.size(), 0,
                                    PCRE2_NO_UTF_CHECK, m_pcre->data, m_pcre->context);
    if (count < 0) {
        limited = limited || count != PCRE2_ERROR_NOMATCH;
        return false;
    }
    const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer_8(m_pcre->data);
    for (std::size_t i = 0; i < kCaptureCount; ++i) {
        for (const auto group : rule.groups[i]) {
            if (group < static_cast<std::uint32_t>(count) && bounds[2 * group] != PCRE2_UNSET) {
                out.text[i] = message.substr(bounds[2 * group], bounds[2 * group + 1] - bounds[2 * group]);
                out.present |= 1U << i;
                break;
            }
        }
    }
    return true;
}

void RuleMatcher::finish(const Rule& rule, const Program& program, RuleMatch& out) const
{
    out.rule = &rule;
    out.program = program.name.empty() ? std::string_view(rule.defaultProgram) : std::string_view(program.name);
    if (rule.meaning == Rule::Meaning::Boring) {
        out.verdict = RuleMatch::Verdict::Boring;
        return;
    }
    out.verdict = rule.meaning == Rule::Meaning::Note ? RuleMatch::Verdict::Note : RuleMatch::Verdict::Event;
    if (out.has(Capture::Ip)) {
        out.ip = addressFromSlot(out[Capture::Ip]);
    }
    out.service = rule.service.value_or(program.service);
    if (!rule.service && out.has(Capture::Service)) {
        out.service = serviceFromWord(out[Capture::Service]).value_or(Service::Other);
    }
    if (rule.attempts) {
        out.attempts = *rule.attempts;
    } else if (out.has(Capture::Attempts)) {
        out.attempts = numberOf(out[Capture::Attempts]);
    } else {
        out.attempts = rule.outcome == Outcome::None ? 0 : 1;
    }
}

bool RuleMatcher::matchesAnything(const Rule& rule)
{
    RuleMatch unused;
    bool limited = false;
    return tryRule(rule, "Qxw 7 zvk: jjp, hq=<rmn>", unused, limited);
}

void RuleMatcher::match(const Envelope& envelope, RuleMatch& out)
{
    const Program& program = programOf(envelope);
    out.reset(program.name);
    bool limited = false;
    for (const Rule* rule : program.rules) {
        if (tryRule(*rule, envelope.message, out, limited)) {
            // A rule that ran out of steps might have been the right one: the line must not pass for another's.
            if (limited) {
                out.reset(program.name);
                break;
            }
            finish(*rule, program, out);
            return;
        }
    }
    out.verdict = limited ? RuleMatch::Verdict::Limited : RuleMatch::Verdict::Unknown;
}

std::optional<IpAddress> addressFromSlot(std::string_view slot)
{
    if (slot.starts_with('[')) {
        const std::size_t close = slot.find(']');
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view after = slot.substr(close + 1);
        if (!after.empty() && !((after.front() == ':' || after.front() == '.') && isDigits(after.substr(1)))) {
            return std::nullopt;
        }
        slot = slot.substr(1, close - 1);
    }
    if (slot.size() > 5 && (slot.starts_with("IPv6:") || slot.starts_with("ipv6:") || slot.starts_with("IPV6:"))) {
        slot.remove_prefix(5);
    }
    slot = slot.substr(0, slot.find('%'));
    const std::size_t colon = slot.find(':');
    if (colon != std::string_view::npos && colon == slot.rfind(':') && slot.find('.') < colon && isDigits(slot.substr(colon + 1))) {
        slot = slot.substr(0, colon); // "192.0.2.1:4711"
    }
    return IpAddress::parse(slot);
}

std::optional<Service> serviceFromWord(std::string_view word)
{
    // Longer words stand before those that they contain.
    static constexpr std::array<std::pair<std::string_view, Service>, 22> kWords{{
        {"submission", Service::Submission}, {"smtps", Service::Submission}, {"msa", Service::Submission},
        {"managesieve", Service::Sieve}, {"timsieve", Service::Sieve}, {"sieve", Service::Sieve},
        {"imap", Service::Imap}, {"pop3", Service::Pop3}, {"pop", Service::Pop3},
        {"lmtp", Service::Lmtp}, {"ssh", Service::Ssh}, {"dropbear", Service::Ssh},
        {"ftp", Service::Ftp}, {"postscreen", Service::Smtp}, {"postfix", Service::Smtp},
        {"smtp", Service::Smtp}, {"sendmail", Service::Smtp}, {"exim", Service::Smtp},
        {"sm-mta", Service::Smtp}, {"http", Service::Web}, {"web", Service::Web}, {"roundcube", Service::Web}}};
    for (const auto& [name, service] : kWords) {
        if (word.find(name) != std::string_view::npos) {
            return service;
        }
    }
    return std::nullopt;
}

} // namespace mailward
