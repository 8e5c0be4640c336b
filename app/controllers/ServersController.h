// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Keychain.h"
#include "app/controllers/RawFetch.h"
#include "app/controllers/ServerWorker.h"
#include "models/respond/Executor.h"
#include "models/servers/ProfileStore.h"
#include "models/tables/ConnectionView.h"
#include "models/tables/Notice.h"
#include "models/tables/ServerTableModel.h"

#include <QObject>
#include <QTimer>
#include <QTimeZone>
#include <map>
#include <memory>

namespace mailward {

/// The inventory and its workers: adds, checks, follows and removes servers, and turns what the workers report into the
/// Servers table, the lights and notices. Lives in the window's thread.
class ServersController final : public QObject
{
    Q_OBJECT

public:
    ServersController(DataPaths paths, LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const Clock& clock, QObject* parent = nullptr);
    ~ServersController() override;

    /// Reads the profiles and starts following all of them.
    void start();

    [[nodiscard]] ServerTableModel& model() { return m_model; }
    [[nodiscard]] QList<ServerLight> lights() const;
    /// Of the first server whose profile names one; UTC without.
    [[nodiscard]] QTimeZone timeZone() const;
    [[nodiscard]] QStringList names() const;
    /// For the executor: `names` empty means all.
    [[nodiscard]] std::vector<ExecutorTarget> targets(const QStringList& names) const;

    /// Adds a profile from the dialog and connects to it; an objection comes as formRefused().
    void add(const ServerForm& form, Secret secret);
    /// The profile of a server as the form shows it.
    [[nodiscard]] std::optional<ServerForm> formOf(const QString& name) const;
    /// Connects to a server with a changed profile, under the name that it has. Answers as add(); until the log-in has worked, and
    /// when it does not, the profile is the one that it was.
    void change(const QString& name, const ServerForm& form, Secret secret);
    void remove(const QStringList& names);
    void check(const QStringList& names);
    void pull(const QStringList& names);
    void setFollowing(const QStringList& names, bool following);
    void answerHostKey(const QString& server, const QString& fingerprint, bool accepted);
    /// Answers secretWanted(); nothing: given up. Dropped when something else is asked by now.
    void answerSecret(const SecretQuestion& question, std::optional<Secret> secret, bool remember = false);
    /// Is there a secret service that could keep a secret?
    [[nodiscard]] bool canRemember() const { return m_keychain.isUsable(); }
    /// Connects to a server by name, without questions: for threads of others. A snapshot of the inventory.
    [[nodiscard]] ConnectByName connector() const;
    /// What add() or change() is trying is taken back.
    void cancelTrial();
    /// The person typed the fingerprint of the key that a server shows now: the stored one goes, and the server is asked again.
    void forgetKey(const QString& server, const QString& typedFingerprint);
    /// What ~/.ssh/config would become. A file that cannot be read is a notice.
    [[nodiscard]] std::vector<ImportRow> sshConfigRows(const QString& file);
    /// Adds the named hosts of the file as servers; they are connected like any other.
    void importSshConfig(const QString& file, const QStringList& names);

signals:
    void lightsChanged();
    void formRefused(const mailward::FormProblem& problem);
    /// add() or change() reached the server and logged in, or did not: then all is as it was before.
    void added(const QString& name);
    void addFailed(const mailward::Error& error);
    /// What a server has and lacks, as it was just found.
    void capabilitiesFound(const QString& server, const std::vector<mailward::CapabilityRow>& rows);
    /// Unknown key: a question. Changed key: a hard stop.
    void hostKeyShown(const mailward::HostKeyView& key);
    void hostKeyAccepted(const QString& server, const QString& fingerprint);
    void secretWanted(const mailward::SecretQuestion& question);
    void keyForgotten(const QString& server, const QString& fingerprint);
    void noticed(const mailward::Notice& notice);

private:
    struct Entry {
        std::unique_ptr<ServerWorker> worker;
        quint64 number = 0; ///< a worker that is gone may have reports under way
        ServerRow row;
        ServerTotals before; ///< what was stored when this worker began
        IngestTotals unknownBefore; ///< its lines that no rule knew
        HostKeyInfo key; ///< the last one that was shown
        QString asked;   ///< name of the secret that the log-in under way waits for
        std::uint64_t workerQuestion = 0; ///< the worker's number of that question
        std::uint64_t question = 0;       ///< ours: workers come and go
        std::map<QString, Secret> toRemember; ///< once the log-in has worked
        QStringList remembered;               ///< names of those that came from the keychain
        bool complained = false;
    };

    Entry& adopt(const ServerProfile& profile);
    void keepTotals(const Entry& entry);
    [[nodiscard]] bool isWrong(const ServerProfile& profile);
    void tryOut(Entry& entry, const ServerForm& form, Secret secret);
    void takeReport(const QString& name, const WorkerReport& report);
    void takeCapabilities(const QString& name, const std::vector<Capability>& capabilities);
    void showKey(const QString& name, const HostKeyInfo& key);
    void askForSecret(const QString& name, const SecretRequest& request, std::uint64_t number);
    void keepSecrets(Entry& entry);
    void dropSecrets(Entry& entry);
    void publishSoon();
    void judgeTrial(const QString& name, const WorkerReport& report);
    void publish();
    [[nodiscard]] Entry* find(const QString& name);

    DataPaths m_paths;
    LocalEventStore& m_store;
    std::shared_ptr<const RuleBook> m_rules;
    const Clock& m_clock;
    ProfileStore m_profiles;
    Keychain m_keychain;
    QTimer m_publish; ///< a hundred servers report more often than anybody can look
    ServerTableModel m_model;
    std::map<std::string, ServerTotals> m_stored; ///< as of the start, and as of the last worker that is gone
    std::map<std::string, IngestTotals> m_storedUnknown; ///< likewise; only what was not understood
    std::map<QString, Entry> m_entries;
    quint64 m_workers = 0;
    std::uint64_t m_questions = 0; ///< asked so far
    QString m_trial; ///< the server that add() or change() is trying
    std::optional<ServerProfile> m_before; ///< what it was before change()
    bool m_followedBefore = true;
};

} // namespace mailward
