// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Correlator.h"

#include "models/logs/GuessBook.h"
#include "models/logs/QueueBook.h"

#include <algorithm>

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
std::size_t writtenAlike(const std::string& name)
{
    const std::size_t odd = name.find('?');
    return odd == std::string::npos && name.ends_with("...") ? name.size() - 3 : odd;
}

bool mayBeSame(const std::string& a, const std::string& b)
{
    if (a.empty() || b.empty() || a == b) {
        return true;
    }
    const std::size_t alike = std::min(writtenAlike(a), writtenAlike(b));
    return alike != std::string::npos && a.compare(0, alike, b, 0, alike) == 0;
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

std::uint64_t addressKey(const Event& event)
{
    return event.ip ? static_cast<std::uint64_t>(std::hash<IpAddress>{}(*event.ip)) | 1U : 0;
}

/// Both lines name their session in the same way, and it is not the same.
bool clash(const Guess& guess, const Link& link)
{
    return guess.session != 0 && link.session != 0 && guess.session != link.session && ((guess.session ^ link.session) & 1U) == 0;
}

} // namespace

struct Correlator::State {
    void event(Event& event, const Link& link);
    void note(const Note& note);
    void guess(Event& event, const Link& link);
    std::uint32_t join(Event& event, const Link& link, std::uint32_t count);
    bool belongs(const Guess& guess, const Event& event, const Link& link, bool bySession) const;
    void meet(Guess& guess, Event& event, const Link& link);
    void takeBack(Event& event, const Link& link);
    bool wasLetIn(const Event& event, const Link& link);
    void nameFromSession(Event& event, const Link& link);
    void queue(Event& event, const Link& link);
    void delivery(Event& event, QueuedMessage& message);
    void tellWaiting(QueuedMessage& message);

    /// Changes an event that was seen before: in this batch at its place, else by an amendment.
    template <class Change>
    void amend(const LineRef& line, Change&& change)
    {
        if (Event* event = find(line)) {
            change(*event);
            return;
        }
        Amendment amendment;
        amendment.line = line;
        change(amendment);
        batch->amendments.push_back(std::move(amendment));
    }

    [[nodiscard]] Event* find(const LineRef& line);

    GuessBook guesses;
    QueueBook messages;
    ParsedBatch* batch = nullptr;
    std::size_t seen = 0; ///< events of the batch that were processed
    bool isOrdered = true; ///< the batch is of one file, in its order
};

/// An event of this batch that was processed already.
Event* Correlator::State::find(const LineRef& line)
{
    auto& events = batch->events;
    const auto end = events.begin() + static_cast<std::ptrdiff_t>(seen);
    const auto at = isOrdered
        ? std::lower_bound(events.begin(), end, line.number, [](const Event& e, std::uint64_t number) { return e.line.number < number; })
        : std::find_if(events.begin(), end, [&](const Event& e) { return e.line == line; });
    return at != end && at->line == line ? &*at : nullptr;
}

/// Whether a line may be another voice of a guess.
bool Correlator::State::belongs(const Guess& guess, const Event& event, const Link& link, bool bySession) const
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
    return distance <= (sumsUp ? kLongPairWindow : kPairWindow) && (event.attempts > 1 || mayBeSame(guess.account, event.account));
}

/// A second voice tells of a guess: what one line lacks, the other gives.
void Correlator::State::meet(Guess& guess, Event& event, const Link& link)
{
    guess.addVoice(link.voice);
    guess.onlyPassdb = guess.onlyPassdb && link.passdb;
    guess.unknownUser = guess.unknownUser && event.detail == "unknown-user";
    const bool isFuller = guess.account.empty() || (guess.account.ends_with("...") && event.account.size() > guess.account.size());
    if (event.account.empty() || (!isFuller && mayBeSame(guess.account, event.account))) {
        event.account = guess.account; // one guess has one name, however the daemons write it
    } else if (isFuller && mayBeSame(guess.account, event.account)) {
        guess.account = event.account;
        amend(guess.line, [&](auto& earlier) { earlier.account = event.account; });
    }
    if (guess.service == Service::Other && event.service != Service::Other) {
        guess.service = event.service;
        amend(guess.line, [&](auto& earlier) { earlier.service = event.service; });
    } else if (event.service == Service::Other) {
        event.service = guess.service;
    }
}

/// How many of the `count` tries that a line reports were reported before.
std::uint32_t Correlator::State::join(Event& event, const Link& link, std::uint32_t count)
{
    std::uint32_t joined = 0;
    guesses.eachInSession(link.session, event.time - kSessionWindow, [&](Guess& guess) {
        if (joined < count && belongs(guess, event, link, true)) {
            meet(guess, event, link);
            ++joined;
        }
        return joined < count;
    });
    guesses.eachAtAddress(addressKey(event), event.time - kLongPairWindow, [&](Guess& guess) {
        if (joined < count && belongs(guess, event, link, false)) {
            meet(guess, event, link);
            ++joined;
        }
        return joined < count;
    });
    return joined;
}

/// A success shows that the refusals before it, of the same name by a password database alone, were steps on the way.
void Correlator::State::takeBack(Event& event, const Link& link)
{
    const auto visit = [&](Guess& guess) {
        const auto window = guess.unknownUser ? kTakeBackWindow : kSameTry;
        const bool sameName = event.account.empty() || guess.account == event.account;
        const auto limit = event.account.empty() && guess.unknownUser ? kLongPairWindow : microseconds(window);
        if (guess.outcome == Outcome::Failure && guess.onlyPassdb && !guess.isTakenBack && sameName && !clash(guess, link) &&
            apart(guess.time, event.time) <= limit) {
            guess.isTakenBack = true;
            amend(guess.line, [](auto& earlier) {
                earlier.outcome = Outcome::None;
                earlier.kind = EventKind::AuthAborted;
                earlier.attempts = 0U;
                earlier.detail = "other-passdb";
            });
        }
        return true;
    };
    guesses.eachInSession(link.session, event.time - kSessionWindow, visit);
    guesses.eachAtAddress(addressKey(event), event.time - kLongPairWindow, visit);
}

/// The same, when the success was read first.
bool Correlator::State::wasLetIn(const Event& event, const Link& link)
{
    bool found = false;
    const auto window = event.detail == "unknown-user" ? microseconds(kTakeBackWindow) : microseconds(kSameTry);
    const auto visit = [&](const Guess& guess) {
        found = guess.outcome == Outcome::Success && guess.account == event.account && apart(guess.time, event.time) <= window;
        return !found;
    };
    guesses.eachInSession(link.session, event.time - kSessionWindow, visit);
    if (!found) {
        guesses.eachAtAddress(addressKey(event), event.time - kLongPairWindow, visit);
    }
    return found;
}

void Correlator::State::guess(Event& event, const Link& link)
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
            again = guess.outcome == Outcome::Success && guess.account == event.account && guess.address == addressKey(event) &&
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
        Guess made;
        made.session = link.session;
        made.address = addressKey(event);
        made.time = event.time;
        made.outcome = event.outcome;
        made.unknownUser = event.detail == "unknown-user";
        made.onlyPassdb = link.passdb;
        made.voices[0] = link.voice;
        made.account = event.account;
        made.line = event.line;
        made.service = event.service;
        guesses.add(std::move(made));
    }
}

/// "user=<>" of a session whose name another line told.
void Correlator::State::nameFromSession(Event& event, const Link& link)
{
    guesses.eachInSession(link.session, event.time - kSessionWindow, [&](const Guess& guess) {
        if (!guess.account.empty() && apart(guess.time, event.time) <= kSessionWindow) {
            event.account = guess.account;
        }
        return event.account.empty();
    });
}

void Correlator::State::tellWaiting(QueuedMessage& message)
{
    for (const auto& line : message.waiting) {
        amend(line, [&](auto& earlier) { earlier.account = message.account; });
    }
    message.waiting.clear();
}

void Correlator::State::delivery(Event& event, QueuedMessage& message)
{
    if (event.from.empty()) {
        event.from = message.from;
    }
    if (event.account.empty()) {
        event.account = message.account;
        if (event.account.empty() && !message.nullSender && message.waiting.size() < QueueBook::kMostWaiting) {
            message.waiting.push_back(event.line);
        }
    }
    if (!message.nullSender || event.kind != EventKind::Sent) {
        return;
    }
    event.kind = EventKind::Dsn;
    event.detail = message.isOurNotification                 ? "notification"
                   : messages.hasSent(event.to, event.time) ? "notification-from-outside"
                                                             : "backscatter";
}

void Correlator::State::queue(Event& event, const Link& link)
{
    switch (event.kind) {
    case EventKind::Accepted: {
        QueuedMessage& message = messages.begin(event.qid);
        message.account = event.account;
        if (!event.account.empty()) {
            messages.noteSender(event.account, event.time);
            tellWaiting(message);
        }
        break;
    }
    case EventKind::Dsn: {
        if (const QueuedMessage* about = messages.find(event.qid); about != nullptr && event.account.empty()) {
            event.account = about->account;
            event.from = about->from;
        }
        if (!link.newQid.empty()) {
            QueuedMessage& made = messages.begin(link.newQid);
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
    case EventKind::Bounced: delivery(event, messages.message(event.qid)); break;
    default: break;
    }
}

void Correlator::State::note(const Note& note)
{
    const Event& fact = note.fact;
    if (fact.qid.empty()) {
        return;
    }
    QueuedMessage& message = messages.message(fact.qid);
    message.nullSender = message.nullSender || note.link.nullSender;
    if (!fact.from.empty()) {
        message.from = fact.from;
        if (!message.account.empty()) {
            messages.noteSender(fact.from, fact.time);
        }
    }
}

void Correlator::State::event(Event& event, const Link& link)
{
    if (event.outcome != Outcome::None && link.voice != 0 && event.attempts > 0) {
        guess(event, link);
    } else if (event.account.empty() && link.session != 0) {
        nameFromSession(event, link);
    }
    if (!event.qid.empty()) {
        queue(event, link);
    }
}

Correlator::Correlator() : m_state(std::make_unique<State>()) {}
Correlator::~Correlator() = default;
Correlator::Correlator(Correlator&&) noexcept = default;
Correlator& Correlator::operator=(Correlator&&) noexcept = default;

void Correlator::process(ParsedBatch& batch)
{
    State& state = *m_state;
    state.batch = &batch;
    state.isOrdered = std::adjacent_find(batch.events.begin(), batch.events.end(), [](const Event& a, const Event& b) {
                          return a.line.file != b.line.file || a.line.number >= b.line.number;
                      }) == batch.events.end();
    std::size_t nextNote = 0;
    for (state.seen = 0; state.seen < batch.events.size(); ++state.seen) {
        for (; nextNote < batch.notes.size() && batch.notes[nextNote].before <= state.seen; ++nextNote) {
            state.note(batch.notes[nextNote]);
        }
        state.event(batch.events[state.seen], batch.links[state.seen]);
    }
    for (; nextNote < batch.notes.size(); ++nextNote) {
        state.note(batch.notes[nextNote]);
    }
    batch.notes.clear();
    batch.links.clear();
    state.batch = nullptr;
}

} // namespace mailward
