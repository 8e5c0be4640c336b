// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/AccountRows.h"
#include "app/controllers/Response.h"
#include "models/core/SecretsAtWork.h"
#include "models/respond/AccountExecutor.h"
#include "models/tables/ContainTableModel.h"
#include "models/tables/Notice.h"

#include <QObject>
#include <QTimeZone>
#include <functional>
#include <stop_token>

namespace mailward {

/// Takes accounts back: looks them up on the servers, shows exactly what will be done, does it, and holds the new passwords in
/// locked memory until they were handed over. One containment at a time. Its work runs in the thread of the answering side, so
/// that bans and resets share one order, one journal folder and one audit. Lives in the window's thread.
class ContainmentController final : public QObject
{
    Q_OBJECT

public:
    using Post = std::function<void(std::function<void(Response&)>)>;
    using TargetSource = std::function<std::vector<ExecutorTarget>(const QStringList&)>;

    /// `post` runs work with the answering side, see ResponseDesk::post(); `targets` is asked in the window's thread.
    ContainmentController(Post post, TargetSource targets, const Clock& clock, QObject* parent = nullptr);
    ~ContainmentController() override;

    [[nodiscard]] ContainTableModel& accounts() { return m_rows; }
    [[nodiscard]] HeldMailTableModel& held() { return m_held; }
    [[nodiscard]] ContainRuleTableModel& rules() { return m_rules; }
    [[nodiscard]] const ContainView& view() const { return m_view; }
    /// Something can be contained: there is a server.
    [[nodiscard]] bool isPossible() const { return !m_targets({}).empty(); }
    [[nodiscard]] bool isBusy() const { return m_view.stage == ContainStage::Working; }

    void setZone(const QTimeZone& zone);
    void setWindow(std::chrono::seconds window) { m_window = window; }

    /// Starts with a preview of the usual steps; nothing is changed. False while another one works, or its passwords are not
    /// handed over.
    bool open(const std::vector<std::string>& accounts, const QString& from);
    /// The same for a containment of the journal that a crash cut: a preview of what is left to do. apply() does it.
    bool openResume(const QString& planId);
    /// The same for one that is to be taken back.
    bool openUndo(const QString& planId);
    void choose(const ContainChoice& choice);
    /// Does what the last preview showed. With a path each new password is in a sealed file before its server knows of it; one that goes
    /// on opens the file that it began with.
    void apply(const QString& sealedFile = {}, std::shared_ptr<const Secret> passphrase = {});
    /// Ends after the batch under way; what was done stands.
    void stop();
    void undo();
    /// The dialog is closed: the passwords are let go of.
    void close();

    /// The new passwords, for paper; they share the locked memory of ours.
    [[nodiscard]] std::vector<SlipView> slips() const { return m_slips; }
    void seal(const QString& path, std::shared_ptr<const Secret> passphrase);
    /// Somebody holds the passwords now; `how` is for the audit.
    void handedOver(const QString& how);

    void release(const std::vector<HeldMail>& mails) { changeQueue(mails, AccountExecutor::QueueAction::Release); }
    void remove(const std::vector<HeldMail>& mails) { changeQueue(mails, AccountExecutor::QueueAction::Delete); }
    void showHeaders(const HeldMail& mail);
    /// Whose passwords were reset lately.
    void readResets();

signals:
    void resetsRead(const std::shared_ptr<const mailward::ResetTimes>& resets);
    void changed(const mailward::ContainView& view);
    void headersRead(const QString& title, const mailward::UntrustedText& headers);
    /// Some accounts are not as they were.
    void contained();
    void noticed(const mailward::Notice& notice);

private:
    using Previewing = std::function<Result<AccountPreview>(AccountExecutor&, const AccountExecutor::Progress&)>;

    [[nodiscard]] bool isFree();
    bool openEarlier(ContainTask task, const QString& planId);
    void preview();
    void look(Previewing previewing);
    void takePreview(const Result<AccountPreview>& preview);
    void takeEarlierPreview(const AccountPreview& preview);
    void takeReport(const Result<std::shared_ptr<AccountReport>>& report, ContainAction action);
    void takeBack();
    void takeUndone(const AccountReport& undone);
    [[nodiscard]] AccountExecutor::Progress teller(quint64 number);
    void takeProgress(const AccountProgress& progress);
    void takeQueueChange(const QueueChange& change, const QString& server, const std::string& account);
    void changeQueue(const std::vector<HeldMail>& mails, AccountExecutor::QueueAction action);
    void publish();
    void fail(const Error& error, ContainStage stage);
    [[nodiscard]] std::vector<ExecutorTarget> targetsNamed(const QString& server) const { return m_targets({server}); }

    Post m_post;
    TargetSource m_targets;
    const Clock& m_clock;
    QTimeZone m_zone = QTimeZone::utc();
    std::chrono::seconds m_window{120};
    std::vector<std::string> m_names;
    QStringList m_refusedNames;
    ContainView m_view;
    ContainChoice m_usual; ///< as it was chosen last
    std::optional<AccountPreview> m_preview;
    QString m_planId; ///< of what was applied last, or is to go on or be taken back
    QStringList m_previewedServers; ///< of an earlier plan: where it may be taken back; empty: wherever it went
    ContainTableModel m_rows;
    HeldMailTableModel m_held;
    ContainRuleTableModel m_rules;
    std::vector<SlipView> m_slips;
    std::unique_ptr<SecretsAtWork> m_secrets; ///< while slips live
    std::stop_source m_stop;
    quint64 m_asked = 0;
};

} // namespace mailward
