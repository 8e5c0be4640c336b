// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Correlator.h"

#include "models/logs/GuessBook.h"
#include "models/logs/QueueBook.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace mailward {

namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;

constexpr auto kPairWindow = seconds(20);       // two daemons' lines of one try: the answer waits 2 s, in a flood longer
constexpr auto kLongPairWindow = seconds(300);  // a line that sums up a whole connection
constexpr auto kSessionWindow = hours(1);       // process ids are used again
constexpr auto kTakeBackWindow = seconds(10);   // an unknown name in one database, then let in by the next
constexpr auto kSameTry = seconds(1);           // a refused try is answered 2 s later at the earliest
constexpr std::uint32_t kMostGuesses = 64;      // kept of one line; all of them are counted

microseconds apart(Instant a, Instant b) { return a < b ? b - a : a - b; }

/// How much of a name two daemons would write alike: an odd byte is "?" for one and "?n" for the other, and Dovecot cuts long
/// names off with "...".
std::size_t writtenAlike(std::string_view name)
{
    const std::size_t odd = name.find('?');
    return odd == std::string_view::npos && name.ends_with("...") ? name.size() - 3 : odd;
}

bool mayBeSame(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty() || a == b) {
        return true;
    }
    const std::size_t alike = std::min(writtenAlike(a), writtenAlike(b));
    return alike != std::string_view::npos && a.compare(0, alike, b, 0, alike) == 0;
}

/// The door that a log-in came through; 0 where the line does not say, as those of password databases and of web mail, which
/// knocks at a mail door itself.
int doorOf(Service service)
{
    switch (service) {
    case Service::Smtp:
    case Service::Submission: return 1;
    case Service::Imap: return 2;
    case Service::Pop3: return 3;
    case Service::Sieve: return 4;
    case Service::Ssh: return 5;
    case Service::Ftp: return 6;
    default: return 0;
    }
}

/// A program that asks for mail over IMAP sends over SMTP in the same second: those are two log-ins.
bool mayBeSameDoor(Service a, Service b) { return doorOf(a) == 0 || doorOf(b) == 0 || doorOf(a) == doorOf(b); }

template <class E>
std::uint64_t addressKey(const E& event)
{
    if (!event.ip) {
        return 0;
    }
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), event.ip->bytes().data(), sizeof words);
    const std::uint64_t mixed = (words[0] * 0x9E3779B97F4A7C15ULL) ^ (words[1] * 0xC2B2AE3D27D4EB4FULL);
    return (mixed ^ (mixed >> 32U)) | 1U;
}

/// A process id may serve several peers one after the other.
bool mayBeSameAddress(std::uint64_t a, std::uint64_t b) { return a == 0 || b == 0 || a == b; }

/// Both lines name their session in the same way, and it is not the same.
bool clash(const Guess& guess, const LinkView& link)
{
    return guess.session != 0 && link.session != 0 && guess.session != link.session && ((guess.session ^ link.session) & 1U) == 0;
}

} // namespace

/// What is remembered from batch to batch.
struct Correlator::State {
    Scope scope = Scope::Everything;
    GuessBook guesses;
    QueueBook messages;
};

namespace {

/// One batch on its way through; E is Event or EventView.
template <class E>
class Pass
{
public:
    Pass(GuessBook& guessBook, QueueBook* messageBook, std::span<E> batch, std::vector<Amendment>& corrections, Scratch* room)
        : guesses(guessBook), messages(messageBook), events(batch), amendments(corrections), texts(room)
    {
        isOrdered = std::adjacent_find(events.begin(), events.end(), [](const E& a, const E& b) {
                        return a.line.file != b.line.file || a.line.number >= b.line.number;
                    }) == events.end();
    }

    void prefetch(std::span<const LinkView> links) const;
    void next(const LinkView& link);
    void note(const NoteView& note);

private:
    void guess(E& event, const LinkView& link);
    std::uint32_t join(E& event, const LinkView& link, std::uint32_t count);
    bool belongs(const Guess& guess, const E& event, const LinkView& link, bool bySession) const;
    void meet(Guess& guess, E& event, const LinkView& link);
    void takeBack(E& event, const LinkView& link);
    bool wasLetIn(const E& event, const LinkView& link);
    void nameFromSession(E& event, const LinkView& link);
    void queue(E& event, const LinkView& link);
    void delivery(E& event, QueuedMessage& message);
    void tellWaiting(QueuedMessage& message);

    /// Changes an event that was seen before: in this batch at its place, else by an amendment.
    template <class Change>
    void amend(const LineRef& line, Change&& change)
    {
        if (E* event = find(line)) {
            change(*event);
            return;
        }
        Amendment amendment;
        amendment.line = line;
        change(amendment);
        amendments.push_back(std::move(amendment));
    }
    void put(std::string& field, std::string_view text) { field = text; }
    void put(std::optional<std::string>& field, std::string_view text) { field = std::string(text); }
    void put(std::string_view& field, std::string_view text) { field = texts->next() = text; }

    [[nodiscard]] E* find(const LineRef& line);

    GuessBook& guesses;
    QueueBook* messages; ///< null: mail is of no interest
    std::span<E> events;
    std::vector<Amendment>& amendments;
    Scratch* texts;
    std::size_t seen = 0; ///< events that were processed
    bool isOrdered;       ///< the batch is of one file, in its order
};

/// An event of this batch that was processed already.
template <class E>
E* Pass<E>::find(const LineRef& line)
{
    const auto end = events.begin() + static_cast<std::ptrdiff_t>(seen);
    const auto at = isOrdered
        ? std::lower_bound(events.begin(), end, line.number, [](const E& e, std::uint64_t number) { return e.line.number < number; })
        : std::find_if(events.begin(), end, [&](const E& e) { return e.line == line; });
    return at != end && at->line == line ? &*at : nullptr;
}

/// Whether a line may be another voice of a guess.
template <class E>
bool Pass<E>::belongs(const Guess& guess, const E& event, const LinkView& link, bool bySession) const
{
    if (guess.isTakenBack || guess.outcome != event.outcome || guess.hasVoice(link.voice)) {
        return false;
    }
    const auto distance = apart(guess.time, event.time);
    if (bySession) {
        const std::uint64_t address = addressKey(event);
        return distance <= kSessionWindow && (guess.address == 0 || address == 0 || guess.address == address);
    }
    if (clash(guess, link) || !mayBeSameDoor(guess.service, event.service)) {
        return false;
    }
    const bool sumsUp = event.attempts > 1 || event.kind == EventKind::AuthSuccess;
    return distance <= (sumsUp ? kLongPairWindow : kPairWindow) && (event.attempts > 1 || mayBeSame(guess.account.view(), event.account));
}

/// A second voice tells of a guess: what one line lacks, the other gives.
template <class E>
void Pass<E>::meet(Guess& guess, E& event, const LinkView& link)
{
    guess.addVoice(link.voice);
    guess.onlyPassdb = guess.onlyPassdb && link.passdb;
    guess.unknownUser = guess.unknownUser && event.detail == "unknown-user";
    const bool isFuller = guess.account.empty() || (guess.account.view().ends_with("...") && event.account.size() > guess.account.view().size());
    if (event.account.empty() || (!isFuller && mayBeSame(guess.account.view(), event.account))) {
        if (event.account != guess.account.view()) { // one guess has one name, however the daemons write it
            put(event.account, guess.account.view());
        }
    } else if (isFuller && mayBeSame(guess.account.view(), event.account)) {
        guess.account.assign(event.account);
        amend(guess.line(), [&](auto& earlier) { put(earlier.account, event.account); });
    }
    if (guess.service == Service::Other && event.service != Service::Other) {
        guess.service = event.service;
        amend(guess.line(), [&](auto& earlier) { earlier.service = event.service; });
    } else if (event.service == Service::Other) {
        event.service = guess.service;
    }
}

/// How many of the `count` tries that a line reports were reported before.
template <class E>
std::uint32_t Pass<E>::join(E& event, const LinkView& link, std::uint32_t count)
{
    std::uint32_t joined = 0;
    guesses.eachInSession(link.session, event.time - kSessionWindow, [&](Guess& guess) {
        if (joined < count && belongs(guess, event, link, true)) {
            meet(guess, event, link);
            ++joined;
        }
        return joined < count;
    });
    const bool sumsUp = event.attempts > 1 || event.kind == EventKind::AuthSuccess;
    guesses.eachAtAddress(addressKey(event), event.time - (sumsUp ? kLongPairWindow : kPairWindow), [&](Guess& guess) {
        if (joined < count && belongs(guess, event, link, false)) {
            meet(guess, event, link);
            ++joined;
        }
        return joined < count;
    });
    return joined;
}

/// A success shows that the refusals before it, of the same name by a password database alone, were steps on the way.
template <class E>
void Pass<E>::takeBack(E& event, const LinkView& link)
{
    const std::uint64_t address = addressKey(event);
    const auto visit = [&](Guess& guess) {
        const auto window = guess.unknownUser ? kTakeBackWindow : kSameTry;
        const bool sameName = event.account.empty() || guess.account.view() == event.account;
        const auto limit = event.account.empty() && guess.unknownUser ? kLongPairWindow : microseconds(window);
        if (guess.outcome == Outcome::Failure && guess.onlyPassdb && !guess.isTakenBack && sameName && !clash(guess, link) &&
            mayBeSameAddress(guess.address, address) && apart(guess.time, event.time) <= limit) {
            guess.isTakenBack = true;
            amend(guess.line(), [](auto& earlier) {
                earlier.outcome = Outcome::None;
                earlier.kind = EventKind::AuthAborted;
                earlier.attempts = 0U;
                earlier.detail = "other-passdb";
            });
        }
        return true;
    };
    guesses.eachInSession(link.session, event.time - kSessionWindow, visit);
    guesses.eachAtAddress(addressKey(event), event.time - (event.account.empty() ? kLongPairWindow : kTakeBackWindow), visit);
}

/// The same, when the success was read first.
template <class E>
bool Pass<E>::wasLetIn(const E& event, const LinkView& link)
{
    bool found = false;
    const auto window = event.detail == "unknown-user" ? microseconds(kTakeBackWindow) : microseconds(kSameTry);
    const std::uint64_t address = addressKey(event);
    const auto visit = [&](const Guess& guess) {
        found = guess.outcome == Outcome::Success && guess.account.view() == event.account && mayBeSameAddress(guess.address, address) &&
                apart(guess.time, event.time) <= window;
        return !found;
    };
    guesses.eachInSession(link.session, event.time - kSessionWindow, visit);
    if (!found) {
        guesses.eachAtAddress(addressKey(event), event.time - window, visit);
    }
    return found;
}

template <class E>
void Pass<E>::guess(E& event, const LinkView& link)
{
    if (event.outcome == Outcome::Success) {
        takeBack(event, link);
    } else if (link.passdb && wasLetIn(event, link)) {
        event.outcome = Outcome::None;
        event.kind = EventKind::AuthAborted;
        event.attempts = 0;
        event.detail = "other-passdb";
        return;
    }
    if (event.outcome == Outcome::Success && event.kind == EventKind::Accepted) {
        // Further mail of a session is no further log-in.
        bool again = false;
        guesses.eachInSession(link.session, event.time - kSessionWindow, [&](const Guess& guess) {
            again = guess.outcome == Outcome::Success && guess.account.view() == event.account && guess.address == addressKey(event) &&
                    apart(guess.time, event.time) <= kSessionWindow && guess.hasVoice(link.voice);
            return !again;
        });
        if (again) {
            event.attempts = 0;
            return;
        }
    }
    const std::uint32_t count = event.attempts;
    event.attempts = count - join(event, link, count);
    for (std::uint32_t i = 0; i < std::min(event.attempts, kMostGuesses); ++i) {
        Guess& made = guesses.begin(event.time);
        made.session = link.session;
        made.address = addressKey(event);
        made.time = event.time;
        made.outcome = event.outcome;
        made.unknownUser = event.detail == "unknown-user";
        made.onlyPassdb = link.passdb;
        made.voices[0] = link.voice;
        made.account.assign(event.account);
        made.setLine(event.line);
        made.service = event.service;
        guesses.index(made);
    }
}

/// "user=<>" of a session whose name another line told.
template <class E>
void Pass<E>::nameFromSession(E& event, const LinkView& link)
{
    guesses.eachInSession(link.session, event.time - kSessionWindow, [&](const Guess& guess) {
        if (!guess.account.empty() && apart(guess.time, event.time) <= kSessionWindow) {
            put(event.account, guess.account.view());
        }
        return event.account.empty();
    });
}

template <class E>
void Pass<E>::tellWaiting(QueuedMessage& message)
{
    for (const auto& line : message.waiting) {
        amend(line, [&](auto& earlier) { put(earlier.account, message.account); });
    }
    message.waiting.clear();
}

template <class E>
void Pass<E>::delivery(E& event, QueuedMessage& message)
{
    if (event.from.empty()) {
        put(event.from, message.from);
    }
    if (event.account.empty()) {
        put(event.account, message.account);
        if (event.account.empty() && !message.nullSender && message.waiting.size() < QueueBook::kMostWaiting) {
            message.waiting.push_back(event.line);
        }
    }
    if (!message.nullSender || event.kind != EventKind::Sent) {
        return;
    }
    event.kind = EventKind::Dsn;
    event.detail = message.isOurNotification                 ? "notification"
                   : messages->hasSent(event.to, event.time) ? "notification-from-outside"
                                                             : "backscatter";
}

template <class E>
void Pass<E>::queue(E& event, const LinkView& link)
{
    switch (event.kind) {
    case EventKind::Accepted: {
        QueuedMessage& message = messages->begin(event.qid);
        message.account = event.account;
        if (!event.account.empty()) {
            messages->noteSender(event.account, event.time);
            tellWaiting(message);
        }
        break;
    }
    case EventKind::Dsn: {
        if (const QueuedMessage* about = messages->find(event.qid); about != nullptr && event.account.empty()) {
            put(event.account, about->account);
            put(event.from, about->from);
        }
        if (!link.newQid.empty()) {
            QueuedMessage& made = messages->begin(link.newQid);
            made.isOurNotification = true;
            made.nullSender = true;
            made.account = event.account;
            if (!made.account.empty()) {
                tellWaiting(made);
            }
        }
        break;
    }
    case EventKind::Sent:
    case EventKind::Deferred:
    case EventKind::Bounced: delivery(event, messages->message(event.qid)); break;
    default: break;
    }
}

template <class E>
void Pass<E>::note(const NoteView& note)
{
    if (messages == nullptr || note.qid.empty()) {
        return;
    }
    QueuedMessage& message = messages->message(note.qid);
    message.nullSender = message.nullSender || note.nullSender;
    if (!note.from.empty()) {
        message.from = note.from;
        if (!message.account.empty()) {
            messages->noteSender(note.from, note.time);
        }
    }
}

/// What the events after the next one will look for.
template <class E>
void Pass<E>::prefetch(std::span<const LinkView> links) const
{
    if (const std::size_t far = seen + 8; far < links.size() && events[far].outcome != Outcome::None) {
        guesses.prefetchBuckets(links[far].session, addressKey(events[far]));
    }
    if (const std::size_t near = seen + 3; near < links.size() && events[near].outcome != Outcome::None) {
        guesses.prefetchGuesses(links[near].session, addressKey(events[near]), events[near].time - kPairWindow);
    }
}

template <class E>
void Pass<E>::next(const LinkView& link)
{
    E& event = events[seen];
    if (event.outcome != Outcome::None && link.voice != 0 && event.attempts > 0) {
        guess(event, link);
    } else if (messages != nullptr && event.account.empty() && link.session != 0) {
        nameFromSession(event, link);
    }
    if (messages != nullptr && !event.qid.empty()) {
        queue(event, link);
    }
    ++seen;
}

/// Notes are taken where they stood between the events.
template <class E, class Notes>
void run(Pass<E>& pass, const auto& links, const Notes& notes, const auto& view)
{
    std::size_t nextNote = 0;
    for (std::size_t i = 0; i < links.size(); ++i) {
        for (; nextNote < notes.size() && notes[nextNote].before <= i; ++nextNote) {
            pass.note(view(notes[nextNote]));
        }
        if constexpr (std::is_same_v<E, EventView>) {
            pass.prefetch(links);
        }
        pass.next(view(links[i]));
    }
    for (; nextNote < notes.size(); ++nextNote) {
        pass.note(view(notes[nextNote]));
    }
}

struct AsView {
    LinkView operator()(const Link& link) const { return {link.session, link.voice, link.passdb, link.nullSender, link.newQid}; }
    NoteView operator()(const Note& note) const { return {note.before, note.time, note.qid, note.from, note.nullSender}; }
    const LinkView& operator()(const LinkView& link) const { return link; }
    const NoteView& operator()(const NoteView& note) const { return note; }
};

} // namespace

Correlator::Correlator(Scope scope) : m_state(std::make_unique<State>()) { m_state->scope = scope; }
Correlator::~Correlator() = default;
Correlator::Correlator(Correlator&&) noexcept = default;
Correlator& Correlator::operator=(Correlator&&) noexcept = default;

void Correlator::process(ParsedBatch& batch)
{
    QueueBook* messages = m_state->scope == Scope::Everything ? &m_state->messages : nullptr;
    Pass<Event> pass(m_state->guesses, messages, batch.events, batch.amendments, nullptr);
    run(pass, batch.links, batch.notes, AsView());
    batch.notes.clear();
    batch.links.clear();
}

void Correlator::process(std::span<EventView> events, std::span<const LinkView> links, std::span<const NoteView> notes, Scratch& texts,
                         std::vector<Amendment>& amendments)
{
    QueueBook* messages = m_state->scope == Scope::Everything ? &m_state->messages : nullptr;
    Pass<EventView> pass(m_state->guesses, messages, events, amendments, &texts);
    run(pass, links, notes, AsView());
}

} // namespace mailward
