// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ContainmentController.h"

#include "app/controllers/ContainRows.h"
#include "models/tables/Format.h"

#include <QDateTime>
#include <algorithm>
#include <map>
#include <set>

namespace mailward {

namespace {

/// So long the page says that a password is new, and whose devices still try the old one.
constexpr auto kResetsTold = std::chrono::hours(14 * 24);

std::vector<PasswordSlip> slipsOf(const std::vector<SlipView>& views)
{
    std::vector<PasswordSlip> slips;
    for (const SlipView& view : views) {
        PasswordSlip slip;
        slip.account = view.account.raw();
        slip.servers = view.servers.split(QStringLiteral(", "));
        slip.password = Secret(std::string_view(view.password->data(), view.password->size()));
        slips.push_back(std::move(slip));
    }
    return slips;
}

/// Where new passwords go before their hashes go to a server, and what is in it from before.
struct Sealed {
    std::unique_ptr<HandOverFile> file;
    std::vector<PasswordSlip> kept;
};

Result<Sealed> sealedFile(const QString& path, const Secret& passphrase, bool resumes)
{
    auto file = resumes ? HandOverFile::openOrCreate(path, passphrase) : HandOverFile::create(path, passphrase);
    if (!file) {
        return tl::unexpected(file.error());
    }
    Sealed sealed{std::move(*file), {}};
    if (resumes) {
        auto kept = sealed.file->read();
        if (!kept) {
            return tl::unexpected(kept.error());
        }
        sealed.kept = std::move(*kept);
    }
    return sealed;
}

} // namespace

ContainmentController::ContainmentController(Post post, TargetSource targets, const Clock& clock, QObject* parent)
    : QObject(parent), m_post(std::move(post)), m_targets(std::move(targets)), m_clock(clock)
{
    m_view.characters = passwordStrength(PasswordStyle::Characters, 20);
    m_view.words = passwordStrength(PasswordStyle::Words, 5);
}

void ContainmentController::readResets()
{
    m_post([this, since = m_clock.now() - kResetsTold](Response& response) {
        auto resets = std::make_shared<ResetTimes>();
        for (const RecentReset& reset : response.accountJournal().resetsSince(since)) {
            Instant& at = (*resets)[reset.account];
            at = std::max(at, reset.at);
        }
        QMetaObject::invokeMethod(this, [this, resets] { emit resetsRead(resets); }, Qt::QueuedConnection);
    });
}

ContainmentController::~ContainmentController()
{
    m_stop.request_stop();
}

void ContainmentController::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    m_held.setZone(zone);
}

void ContainmentController::publish()
{
    for (TableModel* model : std::initializer_list<TableModel*>{&m_rows, &m_held, &m_rules}) {
        model->setNow(m_clock.now());
    }
    m_rows.setRows(m_view.rows);
    m_held.setRows(m_view.held);
    m_rules.setRows(m_view.rules);
    m_view.slips = m_slips.size();
    emit changed(m_view);
}

void ContainmentController::fail(const Error& error, ContainStage stage)
{
    m_view.stage = stage;
    m_view.problem = error.text;
    m_view.hint = error.hint;
    m_view.step.clear();
    publish();
}

bool ContainmentController::isFree()
{
    if (isBusy() || (!m_slips.empty() && !m_view.handedOver)) {
        emit noticed({Meaning::Warning, tr("Another containment is under way, or its new passwords are not handed over yet."), tr("Finish that one first.")});
        return false;
    }
    return true;
}

bool ContainmentController::open(const std::vector<std::string>& accounts, const QString& from)
{
    if (!isFree()) {
        return false;
    }
    m_names.clear();
    m_refusedNames.clear();
    for (const std::string& account : accounts) {
        if (isAccountName(account)) {
            m_names.push_back(account);
        } else {
            m_refusedNames << UntrustedText(account).plain(60);
        }
    }
    close();
    m_view.from = from;
    m_view.title = counted(accounts.size(), tr("Contain %1 account"), tr("Contain %1 accounts"));
    preview();
    return true;
}

void ContainmentController::close()
{
    m_slips.clear();
    m_secrets.reset();
    m_preview.reset();
    m_previewedServers.clear();
    if (m_view.task == ContainTask::Contain) {
        m_usual = m_view.choice; // what an earlier plan was made with is nobody's wish for the next one
    }
    ContainView fresh;
    fresh.choice = m_usual;
    fresh.choice.action = ContainAction::Reset;
    fresh.characters = m_view.characters;
    fresh.words = m_view.words;
    m_view = std::move(fresh);
    ++m_asked; // an answer that is on its way is nobody's
}

void ContainmentController::choose(const ContainChoice& choice)
{
    if (m_view.task == ContainTask::Contain && (m_view.stage == ContainStage::Looking || m_view.stage == ContainStage::Preview)) {
        m_view.choice = choice;
        preview();
    }
}

void ContainmentController::preview()
{
    auto plan = makeAccountPlan(actionOf(m_view.choice.action), m_names, m_clock.now(), m_view.from);
    if (!plan) {
        ++m_asked;
        m_preview.reset();
        fail(plan.error(), ContainStage::Preview);
        m_view.willChange = 0;
        return;
    }
    const bool review = plan->steps.review; // a look at each of very many takes longer than anybody waits
    plan->steps = stepsOf(m_view.choice);
    plan->steps.review = plan->steps.review && review;
    plan->recipe = recipeOf(m_view.choice);
    look([plan = std::move(*plan), targets = m_targets({})](AccountExecutor& accounts, const AccountExecutor::Progress& progress) { return accounts.preview(plan, targets, progress); });
}

AccountExecutor::Progress ContainmentController::teller(quint64 number)
{
    return [this, number](const AccountProgress& progress) {
        QMetaObject::invokeMethod(this, [this, number, progress] {
            if (number == m_asked) {
                takeProgress(progress);
            }
        }, Qt::QueuedConnection);
    };
}

void ContainmentController::look(Previewing previewing)
{
    const quint64 number = ++m_asked;
    m_preview.reset();
    m_view.stage = ContainStage::Looking;
    m_view.problem.clear();
    m_view.hint.clear();
    m_view.total = 0;
    m_view.step = tr("Looking the accounts up on every server …");
    publish();
    m_post([this, number, previewing = std::move(previewing), progress = teller(number)](Response& response) {
        auto answer = std::make_shared<Result<AccountPreview>>(previewing(response.accounts(), progress));
        QMetaObject::invokeMethod(this, [this, number, answer] {
            if (number == m_asked) {
                takePreview(*answer);
            }
        }, Qt::QueuedConnection);
    });
}

void ContainmentController::takePreview(const Result<AccountPreview>& preview)
{
    if (!preview) {
        m_view.willChange = 0;
        fail(preview.error(), ContainStage::Preview);
        return;
    }
    m_preview = *preview;
    tellPreview(m_view, *preview);
    if (m_view.task != ContainTask::Contain) {
        takeEarlierPreview(*preview);
        return;
    }
    if (!m_refusedNames.isEmpty()) {
        m_view.warnings << tr("No server can have an account of this name, so nothing is done about it: %1").arg(m_refusedNames.join(QStringLiteral(", ")));
    }
    if (stepsOf(m_view.choice).review && !preview->plan.steps.review) {
        m_view.warnings << tr("These are too many accounts to list their redirects and forwards: contain those that you doubt in smaller numbers, or look at each.");
    }
    m_view.stage = ContainStage::Preview;
    m_view.step = m_view.choice.action == ContainAction::Reset
                      ? tr("Each server takes the passwords back by itself after %1 unless we get in again.").arg(formatDuration(m_window))
                      : QString();
    publish();
}

void ContainmentController::takeProgress(const AccountProgress& progress)
{
    m_view.step = progressText(progress);
    m_view.done = progress.done;
    m_view.total = progress.total;
    emit changed(m_view);
}

void ContainmentController::apply(const QString& path, std::shared_ptr<const Secret> passphrase)
{
    if (m_view.stage != ContainStage::Preview || !m_preview || !m_preview->isAllowed()) {
        return;
    }
    if (m_view.task == ContainTask::Undo) {
        takeBack();
        return;
    }
    const quint64 number = ++m_asked;
    m_stop = std::stop_source();
    m_secrets = std::make_unique<SecretsAtWork>();
    m_view.stage = ContainStage::Working;
    m_view.step = tr("Starting …");
    m_view.done = m_view.total = 0;
    m_view.problem.clear();
    m_view.hint.clear();
    m_planId = m_preview->plan.id;
    AccountOptions options;
    options.window = m_window;
    options.who = whoIsHere();
    for (const AccountServerPreview& server : m_preview->servers) {
        options.previewed[server.server] = server.stateHash;
    }
    publish();
    std::vector<ExecutorTarget> targets = m_targets({});
    std::erase_if(targets, [&](const ExecutorTarget& target) { return !options.previewed.contains(target.server); });
    m_post([this, plan = m_preview->plan, targets = std::move(targets), options, path, passphrase, progress = teller(number), stop = m_stop.get_token(),
            resumes = m_view.task == ContainTask::Resume, action = m_view.choice.action](Response& response) mutable {
        auto sealed = path.isEmpty() ? Result<Sealed>(Sealed{}) : sealedFile(path, *passphrase, resumes);
        if (!sealed) {
            QMetaObject::invokeMethod(this, [this, error = sealed.error()] {
                m_secrets.reset();
                fail(error, ContainStage::Preview); // nothing was begun: another file or passphrase may do
            }, Qt::QueuedConnection);
            return;
        }
        if (sealed->file) {
            options.keep = [&sealed](std::span<const PasswordSlip> slips) { return sealed->file->append(slips); };
        }
        auto report = resumes ? response.accounts().resume(plan.id, targets, options, std::move(sealed->kept), progress, stop) : response.accounts().apply(plan, targets, options, progress, stop);
        auto answer = std::make_shared<Result<std::shared_ptr<AccountReport>>>(
            report ? Result<std::shared_ptr<AccountReport>>(std::make_shared<AccountReport>(std::move(*report))) : tl::unexpected(report.error()));
        QMetaObject::invokeMethod(this, [this, answer, action, isSealed = sealed->file != nullptr, path] {
            takeReport(*answer, action);
            if (isSealed && *answer && !m_slips.empty()) {
                handedOver(tr("sealed in %1").arg(path));
            }
        }, Qt::QueuedConnection);
    });
}

void ContainmentController::takeReport(const Result<std::shared_ptr<AccountReport>>& report, ContainAction action)
{
    if (!report) {
        m_secrets.reset();
        fail(report.error(), ContainStage::Done);
        m_view.canUndo = false;
        emit contained();
        return;
    }
    AccountReport& done = **report;
    tellReport(m_view, done);
    const QString now = formatMomentFully(m_clock.now(), m_zone).section(QLatin1Char('.'), 0, 0);
    for (PasswordSlip& slip : done.slips) {
        m_slips.push_back({UntrustedText(slip.account), slip.servers.join(QStringLiteral(", ")), now, std::make_shared<const Secret>(std::move(slip.password))});
    }
    if (m_slips.empty()) {
        m_secrets.reset();
    }
    m_view.stage = ContainStage::Done;
    m_view.canUndo = m_view.changed > 0 && action != ContainAction::None;
    const QString words = action == ContainAction::Unlock ? counted(m_view.changed, tr("%1 account unlocked"), tr("%1 accounts unlocked"))
                                                          : counted(m_view.changed, tr("%1 account contained"), tr("%1 accounts contained"));
    m_view.title = m_view.changed < m_view.willChange ? tr("%1 of %2").arg(words, formatCount(m_view.willChange)) : words;
    m_view.step = isWhole(done) ? QString() : tr("Not all of it was done: the table says what and why.");
    publish();
    emit contained();
}

void ContainmentController::stop()
{
    m_stop.request_stop();
    m_view.step = tr("Stopping after this batch …");
    emit changed(m_view);
}

void ContainmentController::undo()
{
    if (m_view.stage != ContainStage::Done || !m_view.canUndo) {
        return;
    }
    takeBack();
}

void ContainmentController::seal(const QString& path, std::shared_ptr<const Secret> passphrase)
{
    auto slips = std::make_shared<std::vector<PasswordSlip>>(slipsOf(m_slips));
    m_post([this, path, passphrase = std::move(passphrase), slips](Response&) {
        auto file = HandOverFile::create(path, *passphrase);
        auto done = std::make_shared<Result<void>>(file ? (*file)->append(*slips) : Result<void>(tl::unexpected(file.error())));
        QMetaObject::invokeMethod(this, [this, done, path] {
            if (!*done) {
                emit noticed(Notice::of(done->error()));
                m_view.problem = done->error().text;
                m_view.hint = done->error().hint;
                publish();
                return;
            }
            handedOver(tr("sealed in %1").arg(path));
        }, Qt::QueuedConnection);
    });
}

void ContainmentController::handedOver(const QString& how)
{
    m_view.handedOver = true;
    m_view.problem.clear();
    m_view.step = tr("The new passwords were handed over: %1.").arg(how);
    publish();
    m_post([this, id = m_planId, how](Response& response) {
        if (auto noted = response.accounts().delivered(id, whoIsHere(), how); !noted) {
            QMetaObject::invokeMethod(this, [this, error = noted.error()] { emit noticed(Notice::of(error)); }, Qt::QueuedConnection);
        }
    });
}

void ContainmentController::changeQueue(const std::vector<HeldMail>& mails, AccountExecutor::QueueAction action)
{
    std::map<std::pair<QString, std::string>, QStringList> wanted;
    for (const HeldMail& mail : mails) {
        wanted[{mail.server, mail.account.raw()}] << mail.id;
    }
    for (const auto& [where, ids] : wanted) {
        const auto targets = targetsNamed(where.first);
        if (targets.empty()) {
            continue;
        }
        m_post([this, target = targets.front(), server = where.first, account = where.second, ids = ids, action](Response& response) {
            auto done = std::make_shared<Result<QueueChange>>(response.accounts().changeQueue(target, account, ids, action, whoIsHere()));
            QMetaObject::invokeMethod(this, [this, done, server, account, action] {
                if (!*done) {
                    emit noticed(Notice::of(done->error()));
                    return;
                }
                takeQueueChange(**done, server, account);
                const auto count = static_cast<std::uint64_t>((*done)->done.size());
                m_view.step = action == AccountExecutor::QueueAction::Delete ? counted(count, tr("%1 message deleted"), tr("%1 messages deleted"))
                                                                             : counted(count, tr("%1 message released"), tr("%1 messages released"));
                publish();
            }, Qt::QueuedConnection);
        });
    }
}

/// Messages that are gone leave the table; of those that stay the person is told why.
void ContainmentController::takeQueueChange(const QueueChange& change, const QString& server, const std::string& account)
{
    std::set<QString> gone;
    for (const QueuedMail& mail : change.done) {
        gone.insert(mail.id);
    }
    for (const QueueChange::Left& left : change.left) {
        if (left.word != QLatin1String("kept")) {
            gone.insert(left.id);
        }
    }
    std::erase_if(m_view.held, [&](const HeldMail& mail) { return mail.server == server && mail.account.raw() == account && gone.contains(mail.id); });
    if (!change.left.empty()) {
        const auto count = static_cast<std::uint64_t>(change.left.size());
        emit noticed({Meaning::Warning, counted(count, tr("%1 message was not changed"), tr("%1 messages were not changed")),
                      tr("%1 on %2: %3").arg(change.left.front().id, server, queueProblemText(change.left.front().word))});
    }
}

void ContainmentController::showHeaders(const HeldMail& mail)
{
    const auto targets = targetsNamed(mail.server);
    if (targets.empty()) {
        return;
    }
    m_post([this, target = targets.front(), mail](Response&) {
        auto runner = target.connect();
        auto headers = std::make_shared<Result<UntrustedText>>(runner ? AccountGate(**runner, target.access).headers(mail.account.raw(), mail.id)
                                                                      : Result<UntrustedText>(tl::unexpected(runner.error())));
        QMetaObject::invokeMethod(this, [this, headers, mail] {
            if (*headers) {
                emit headersRead(tr("%1 on %2").arg(mail.id, mail.server), **headers);
            } else {
                emit noticed(Notice::of(headers->error()));
            }
        }, Qt::QueuedConnection);
    });
}

} // namespace mailward
