<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi" sourcelanguage="en">
<context>
    <name>QWidget</name>
    <message>
        <source>%1 could not be written</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TableModel</name>
    <message>
        <source>Country</source>
        <translation>देश</translation>
    </message>
    <message>
        <source>unknown network</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward</name>
    <message>
        <source>What is happening?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Each card is one attack, however many addresses take turns in it; the worst stand first. Try it: click the card that speaks of one try a source.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Who, and how do we know?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Facts with their evidence, and the log's own lines. Every underlined name leads on. Try it: click an account that was opened.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back, as in a browser</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The incident has set the filter: each chip is a condition. Try it: go back with the arrow, or Alt+Left.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>When?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Orange is failed, blue is let in. Try it: drag over some bars. Map and tables follow while you drag; Escape gives it up.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where from?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Darker is more, and the scale has figures. Try it: click a country. The wheel zooms.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask for anything</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try it: type outcome:success country:CN and press Enter. Words are offered while you type; Ctrl+F comes here from anywhere.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything has the same verbs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The right button, or the menu key, filters, excludes, copies, bans, on any name anywhere. A heading sorts all rows.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What do I block, and whom does that hurt?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try it: press Propose block on a card. The plan says what it stops and whom it would cut off. Nothing is done on a server before you have seen it, and unless you confirm, the servers take it back by themselves.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>That is all you need</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>F1 explains the part that you are in, Ctrl+K finds every command. Drop log files of your own onto the window, or add a server with Ctrl+N.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Bans</source>
        <translation>प्रतिबंध</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>गंभीर</translation>
    </message>
    <message>
        <source>High</source>
        <translation>उच्च</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>मध्यम</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>कम</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>सूचना के लिए</translation>
    </message>
    <message>
        <source>%1 address</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 addresses</source>
        <translation>%1 पते</translation>
    </message>
    <message>
        <source>%1 account</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 accounts</source>
        <translation>%1 खाते</translation>
    </message>
    <message>
        <source>one try a source</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a try or two a source</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>about %1 tries a source</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 countries</source>
        <translation>%1 देश</translation>
    </message>
    <message>
        <source>%1 % %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 account opened</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 accounts opened</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Distributed guessing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Brute force</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SSH</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Spray</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Leaked passwords</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search for names</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Account in wrong hands</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Spam</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Backscatter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Old password</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relay attempts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Distributed guessing, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Brute force, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Brute force on SSH, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Password spray, a few passwords at %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Leaked passwords tried, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search for mailboxes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search for account names</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 seems to be in wrong hands</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 seem to be in wrong hands</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A burst of mail from %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>1 account sends spam from foreign addresses</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 accounts send spam from foreign addresses</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Bounces for mail that nobody here sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Old password in a device of %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Relay attempts, refused</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 mail</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 mails</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 own bounce</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 own bounces</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 bounce</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 bounces</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 failure</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 failures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>still running</source>
        <translation>जारी है</translation>
    </message>
    <message>
        <source>over</source>
        <translation>समाप्त</translation>
    </message>
    <message>
        <source>Your jail of %1 in %2 (%3) stops %4 of it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>since %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 account opened:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 accounts opened:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Contain account</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Contain %1 accounts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 to look at</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 for information</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>all events</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the filter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>At a glance</source>
        <translation>एक नज़र में</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>समय</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>देखा गया</translation>
    </message>
    <message>
        <source>%1 events of %2 addresses, %3 accounts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>%1, that is %2 of all attempts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From</source>
        <translation>स्रोत</translation>
    </message>
    <message>
        <source>unknown country</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Networks</source>
        <translation>नेटवर्क</translation>
    </message>
    <message>
        <source>unknown network</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tried most</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>मेल</translation>
    </message>
    <message>
        <source>%1 sent, %2 bounced</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>enforced by %1, with objects of our own</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Docker is there: our rules stand before its redirections, so that its published ports are closed, too</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 is there: our rules stand before its own; a reload of it that takes them away is shown as drift</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 is there: its bans stay as they are</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no effect there on: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No address range is known for %1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The geography data may be missing: run installer/start once more.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 prefixes · ports %2 · %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>goes first: the others follow when it is still reachable</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>enforced already, nothing to do</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n entry(ies) that somebody else put into our table will go</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mailward</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>somebody else</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a rule written by hand</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 d</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::AboutDialog</name>
    <message>
        <source>About Mailward</source>
        <translation>Mailward के बारे में</translation>
    </message>
    <message>
        <source>Mailward %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stops password attacks on mail servers without cutting off the people who work there.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>GPL-3.0-or-later. %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Attributions</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::AccountTableModel</name>
    <message>
        <source>Account</source>
        <translation>खाता</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>पते</translation>
    </message>
    <message>
        <source>First</source>
        <translation>पहली बार</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>अंतिम बार</translation>
    </message>
    <message>
        <source>State</source>
        <translation>स्थिति</translation>
    </message>
    <message>
        <source>no account named</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::AddServerDialog</name>
    <message>
        <source>Connect</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ask the server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Letters, digits, dot and dash, such as mx1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name or address that sshd listens on.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Needs to read the mail log (group adm on Debian). Blocking also needs root or the installed helper.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log in with</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Key file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Used for this connection; never written to a file, a log or the command line.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Logs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One path a line. Rotated and compressed older files are found by themselves.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clock's zone</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Such as Europe/Berlin; matters where the log's times have no zone.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The server's key is shown before anything is sent.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>SSH agent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Questions and codes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Private key</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::AddressTableModel</name>
    <message>
        <source>Address</source>
        <translation>पता</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>नेटवर्क</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>खाते</translation>
    </message>
    <message>
        <source>First</source>
        <translation>पहली बार</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>अंतिम बार</translation>
    </message>
    <message>
        <source>State</source>
        <translation>स्थिति</translation>
    </message>
</context>
<context>
    <name>mailward::AuditPage</name>
    <message>
        <source>Audit</source>
        <translation>लेखा</translation>
    </message>
    <message>
        <source>not verified yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Verify the chain</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Audit log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing has been changed yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every change on a server is written down here before it is made, with who made it and what came of it.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::AuditTableModel</name>
    <message>
        <source>No.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>When</source>
        <translation>कब</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>कौन</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>What</source>
        <translation>क्या</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Chain</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hash</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unbroken</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>broken</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::BanTableModel</name>
    <message>
        <source>as planned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>missing on the server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>made by others</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>changed by others</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>all ports</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Banned</source>
        <translation>प्रतिबंधित</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remaining</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>State</source>
        <translation>स्थिति</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>कारण</translation>
    </message>
    <message>
        <source>By</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Since</source>
        <translation>से</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no end</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 packets</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 bytes, by all bans of these ports together, since the rule was last written</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::BansPage</name>
    <message>
        <source>Bans</source>
        <translation>प्रतिबंध</translation>
    </message>
    <message>
        <source>Unban …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Bans in force</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read back now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is banned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Bans show up here as the servers report them, with who made them, why, and when they end. Start one from Triage: choose addresses and pick Ban.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>आदेश</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>आप क्या करना चाहते हैं?</translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Matching commands</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::CountryTableModel</name>
    <message>
        <source>Country</source>
        <translation>देश</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>पते</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>of all failures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>खाते</translation>
    </message>
    <message>
        <source>First</source>
        <translation>पहली बार</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>अंतिम बार</translation>
    </message>
    <message>
        <source>unknown or private</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::CutOffTableModel</name>
    <message>
        <source>Account</source>
        <translation>खाता</translation>
    </message>
    <message>
        <source>Comes from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Servers</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Good log-ins</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Last</source>
        <translation>अंतिम बार</translation>
    </message>
    <message>
        <source>Another way in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>alone there</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>office of %1 people</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::DataTable</name>
    <message>
        <source>Copy rows</source>
        <translation>पंक्तियाँ कॉपी करें</translation>
    </message>
    <message>
        <source>Copy rows as CSV</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy rows defanged</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export table as CSV …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export table as JSON Lines …</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::Detail</name>
    <message>
        <source>Address</source>
        <translation>पता</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>नेटवर्क</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>देश</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>प्रयास किया</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>सेवाएँ</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>खाता</translation>
    </message>
    <message>
        <source>From</source>
        <translation>स्रोत</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>देश</translation>
    </message>
    <message>
        <source>Unknown country</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Addresses</source>
        <translation>पते</translation>
    </message>
    <message>
        <source>Most active</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Accounts</source>
        <translation>खाते</translation>
    </message>
    <message>
        <source>Unknown network</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>मेल</translation>
    </message>
    <message>
        <source>%1 sent, %2 bounced</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Seen</source>
        <translation>देखा गया</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Also tried by</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 other addresses</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Last let in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>never in these logs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> from </source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing about this in the time shown.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log line and its neighbours</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::Detail::Part</name>
    <message>
        <source> and %1 more</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::DetailDrawer</name>
    <message>
        <source>Ban</source>
        <translation>प्रतिबंध</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>अनुमति दें</translation>
    </message>
    <message>
        <source>More lines</source>
        <translation>और पंक्तियाँ</translation>
    </message>
    <message>
        <source>Raw log lines</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>कुछ नहीं चुना गया</translation>
    </message>
    <message>
        <source>Click an address, an account or a line: who it is, what it tried, its raw lines and its bans show up here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>More verbs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Filter to, exclude, copy …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back to the overview</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Raw lines, %1 of %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Raw lines</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::DetectSettingsDialog</name>
    <message>
        <source> s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Each further ban lasts twice as long</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Detectors</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Thresholds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your fail2ban jail</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Changes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Kept in %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All to defaults</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search: fan-in, spray, bounce …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search the thresholds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 · default %2: %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> · false alarms have raised it to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Default of %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Beside each incident stands what this jail would have stopped of it. Nothing on a server is changed by it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Failures that bring a ban (maxretry)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Within (findtime)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Length of a ban (bantime)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Who changed what</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing was changed yet: all thresholds are the defaults.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::EventTableModel</name>
    <message>
        <source>refused</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>gave up</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>probe</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mail rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mail accepted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mail sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mail deferred</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mail bounced</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>bounce notice</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>session ended</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ban</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ban lifted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>server fault</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Time</source>
        <translation>समय</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>सेवा</translation>
    </message>
    <message>
        <source>What</source>
        <translation>क्या</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>प्रयास</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>पता</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>खाता</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>विवरण</translation>
    </message>
</context>
<context>
    <name>mailward::Facts</name>
    <message>
        <source>Incident</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>still running</source>
        <translation>जारी है</translation>
    </message>
    <message>
        <source>over</source>
        <translation>समाप्त</translation>
    </message>
    <message>
        <source>When</source>
        <translation>कब</translation>
    </message>
    <message>
        <source>Evidence since</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What</source>
        <translation>क्या</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why</source>
        <translation>कारण</translation>
    </message>
    <message>
        <source>%1 in %2, %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 failure</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 failures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your jail</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: stops %2 of the tries, %3 of %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 address</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 addresses</source>
        <translation>%1 पते</translation>
    </message>
    <message>
        <source>and over this log cuts off %1 of %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 good log-in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 good log-ins</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 person</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 people</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Targets</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Confidence</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 · %2 of %3 addresses at 80 % or more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Countries</source>
        <translation>देश</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Servers</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::FilterBar</name>
    <message>
        <source>Back to the filter before (Alt+Left)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Forward again (Alt+Right)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Time zone</source>
        <translation>समय क्षेत्र</translation>
    </message>
    <message>
        <source>Time zone of everything on screen</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>UTC</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Local</source>
        <translation>स्थानीय</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>%1: click to take it away</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Filter %1, remove</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clear</source>
        <translation>साफ़ करें</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::FilterEdit</name>
    <message>
        <source>Filter: country:CN account:bob* ip:203.0.113.0/24 after:-6h</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Filter</source>
        <translation>फ़िल्टर</translation>
    </message>
</context>
<context>
    <name>mailward::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>सहायता</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>विषय</translation>
    </message>
    <message>
        <source>Help text</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is this? (F1)</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::HostKeyDialog</name>
    <message>
        <source>This is not the key that was accepted for %1. Either the server was set up anew, or somebody stands in between. Nothing was sent to it, and nothing will be.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This key is marked as revoked. Nothing was sent to %1, and nothing will be.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mailward has never talked to %1. Compare the fingerprint with what the server itself says, over a way that you trust: ssh-keygen -lf /etc/ssh/ssh_host_%2_key.pub</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stop: the server's key is wrong</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>First contact</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The key of %1 does not match</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Is this really %1?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Server</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Key type</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Accepted before</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Shown now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fingerprint</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>The fingerprint is right: accept</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::ImportServersDialog</name>
    <message>
        <source>Import</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import servers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hosts of %1. Nothing is connected before you look at each server's key.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Server</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remarks</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hosts of the ssh configuration</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::IncidentCardWidget</name>
    <message>
        <source>What can be done with this incident</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Propose block</source>
        <translation>रोक सुझाएँ</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>खोलें</translation>
    </message>
    <message>
        <source>Filter to</source>
        <translation>इसी पर फ़िल्टर</translation>
    </message>
    <message>
        <source>Mark as a false alarm</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No false alarm after all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Detectors …</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::IncidentList</name>
    <message>
        <source>Nothing out of the ordinary</source>
        <translation>कुछ भी असामान्य नहीं</translation>
    </message>
    <message>
        <source>No attack, no lost account and no spam is seen in the log. What turns up will stand here, the worst first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Incidents</source>
        <translation>घटनाएँ</translation>
    </message>
    <message>
        <source>Detectors …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Thresholds, and the fail2ban jail that incidents are compared with</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::IncidentsController</name>
    <message>
        <source>opened an account</source>
        <translation>खाता खोला</translation>
    </message>
    <message>
        <source>takes part</source>
        <translation>भागीदार</translation>
    </message>
    <message>
        <source>Marked as a false alarm; %1 is now %2 here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take it back in the menu of the card. All thresholds: Detectors … in the menu of any card.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::LinkLabel</name>
    <message>
        <source>Link: opens the details</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::MainWindow</name>
    <message>
        <source>Mailward</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Type a filter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>आगे</translation>
    </message>
    <message>
        <source>Clear the whole filter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Give up the selection</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open log files …</source>
        <translation>लॉग फ़ाइलें खोलें …</translation>
    </message>
    <message>
        <source>Add a server …</source>
        <translation>सर्वर जोड़ें …</translation>
    </message>
    <message>
        <source>Pull from all servers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Refresh</source>
        <translation>ताज़ा करें</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>आदेश सूची</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>पूर्ण स्क्रीन</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>भ्रमण करें</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>सहायता</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>कीबोर्ड शॉर्टकट</translation>
    </message>
    <message>
        <source>About Mailward</source>
        <translation>Mailward के बारे में</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>मेनू</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Theme: as the desktop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Theme: light</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Theme: dark</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save as</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 could not be written</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open log files</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the picture as</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> or </source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::MapPanel</name>
    <message>
        <source>linear</source>
        <translation>रैखिक</translation>
    </message>
    <message>
        <source>log</source>
        <translation>लघुगणक</translation>
    </message>
    <message>
        <source>Where from</source>
        <translation>कहाँ से</translation>
    </message>
    <message>
        <source>failing addresses</source>
        <translation>विफल पते</translation>
    </message>
    <message>
        <source>failed attempts</source>
        <translation>विफल प्रयास</translation>
    </message>
    <message>
        <source>let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>What the map counts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Failing addresses of which no country is known: filters to them</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Failing addresses that no country has: private, shared by carriers, for documentation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scale of the map's shades</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Help about the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unknown %1</source>
        <translation>अज्ञात %1</translation>
    </message>
    <message>
        <source>private %1</source>
        <translation>निजी %1</translation>
    </message>
</context>
<context>
    <name>mailward::MapWidget</name>
    <message>
        <source>World map of failing addresses</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Left and right go through the countries, Enter filters, plus and minus zoom, 0 shows the whole world.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The map's data is not there. Figures by country are in the table below.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>most of your people</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>nothing seen from here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 failing addresses, %2 of all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 failed, %2 let in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>most of your people are here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the map as a picture …</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::NetworkTableModel</name>
    <message>
        <source>Network</source>
        <translation>नेटवर्क</translation>
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Addresses</source>
        <translation>पते</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>खाते</translation>
    </message>
    <message>
        <source>First</source>
        <translation>पहली बार</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>अंतिम बार</translation>
    </message>
    <message>
        <source>not announced or unknown</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::NoticeBar</name>
    <message>
        <source>Close the message</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
</context>
<context>
    <name>mailward::PlanTray</name>
    <message>
        <source>Plan</source>
        <translation>योजना</translation>
    </message>
    <message>
        <source>What is in the plan</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ports</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How long</source>
        <translation>कितनी देर</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>साफ़ करें</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>पूर्वावलोकन</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>बनाए रखें</translation>
    </message>
    <message>
        <source>Undo now</source>
        <translation>अभी वापस लें</translation>
    </message>
    <message>
        <source>Share of the attackers covered</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Time left before the servers undo it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing planned. Choose addresses, networks or countries and pick Ban: nothing is done on a server before you have seen it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 prefix</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 prefixes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>log-in ports</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 servers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Apply to %1 server …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Apply to %1 servers …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gentle</source>
        <translation>नरम</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>संतुलित</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>कठोर</translation>
    </message>
    <message>
        <source>%1: covers %2 of the attackers, %3 of those that come next · cuts off %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 person</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 people</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take out %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log-in ports: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log-in ports and SSH (22)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All ports, incoming mail (25) too</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of the failures shown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>covers %1 of the attackers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>who is cut off: see the preview</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>0 people cut off</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>cuts off %1 account</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>cuts off %1 accounts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Enforced. The servers undo it by themselves in %1 unless you keep it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The servers are undoing it.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::PreviewDialog</name>
    <message>
        <source>Preview: nothing has been done yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Each server undoes it by itself after %1 unless you keep it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Apply to %1 server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Apply to %1 servers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How many people lose their only way in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Type how many people lose their only way in:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>addresses seen are hit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>failures of theirs in the logs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>accounts cut off there</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>with no other way in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>good log-ins in %1 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Refused by the guards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Who would be cut off</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody: in the last %1 days no good log-in came from there.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The names could not be listed; the figures above count them.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Exactly what is sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Commands for %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing: no server is chosen, or none is ready.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::ResponseController</name>
    <message>
        <source>Not confirmed in time: the servers took the plan back.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: an unfinished plan stands at '%2'</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A plan is under way: confirm it or undo it first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking for the smallest block that ends it ...</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No block helps against this without cutting off your own people.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Contain the accounts, or choose addresses by hand.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No server is chosen.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a server on the page Servers, or choose one in the tray.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading what the servers enforce now ...</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 people would lose their only way in: the preview asks for that number.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Applying, one server after the other ...</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Confirming over a new connection ...</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Taking it back ...</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing was to change: all of it is enforced already.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No server was read.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read from %1 at %2.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 none</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 until %2</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n prefix(es) will never be banned</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>The chain is whole: %n entries</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
</context>
<context>
    <name>mailward::SecretDialog</name>
    <message>
        <source>The key for %1 is locked. Its passphrase:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Password of %1:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 asks:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log in to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It is sent to this server only, and kept nowhere.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It is kept in memory for this run; never in a file, a log or on a command line.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::ServerTableModel</name>
    <message>
        <source>not pulled</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>connecting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>pulling</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>live</source>
        <translation>लाइव</translation>
    </message>
    <message>
        <source>needs a look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>State</source>
        <translation>स्थिति</translation>
    </message>
    <message>
        <source>Last pull</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lines</source>
        <translation>पंक्तियाँ</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>घटनाक्रम</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>अज्ञात</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is going on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lines that no rule knows; none is dropped.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::ServersController</name>
    <message>
        <source> through %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The key that was accepted before stands in %1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 read, %2/s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of about %2, %3/s, about %4 left</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::ServersPage</name>
    <message>
        <source>Servers</source>
        <translation>सर्वर</translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pull now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Follow</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Forget the old key</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No server yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mailward reads the logs of your mail servers over SSH and installs nothing on them. It needs a user who may read the mail log.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a server …</source>
        <translation>सर्वर जोड़ें …</translation>
    </message>
    <message>
        <source>Import from ~/.ssh/config …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add server …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take servers over from ~/.ssh/config</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Keep the connection and read new lines as they come</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stop following</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Was the server set up anew? Log in at its own console, not over ssh, and run: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. Type the fingerprint that stands there:</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fingerprint from the server's own console</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Press Check: what this server has, what it lacks and how to mend it is listed here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>limited</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not checked</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>missing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the remedy for %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove %1 from the inventory?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Its events stay in the store, and bans on it stay enforced until they expire. Nothing is changed on the server.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::TimelineChart</name>
    <message>
        <source>failed</source>
        <translation>विफल</translation>
    </message>
    <message>
        <source>let in</source>
        <translation>प्रवेश मिला</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>रोका गया</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>भेजा गया</translation>
    </message>
    <message>
        <source>bounced</source>
        <translation>लौटा</translation>
    </message>
    <message>
        <source>Timeline of attempts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Left and right move from bar to bar, with Shift they select, plus and minus zoom, Escape clears the selection.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Give up the chosen time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show all times</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save the timeline as a picture …</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::TimelineWidget</name>
    <message>
        <source>Nothing to show yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a server, or drop log files onto the window.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>linear</source>
        <translation>रैखिक</translation>
    </message>
    <message>
        <source>log</source>
        <translation>लघुगणक</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>प्रयास</translation>
    </message>
    <message>
        <source>Help about the timeline</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::Tour</name>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>आगे</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>भ्रमण समाप्त</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Done</source>
        <translation>पूर्ण</translation>
    </message>
    <message>
        <source>%1 of %2 · you did it</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::TriagePage</name>
    <message>
        <source>Triage</source>
        <translation>ट्रायेज</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>तालिकाएँ</translation>
    </message>
    <message>
        <source>Help about the tables</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Addresses</source>
        <translation>पते</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>नेटवर्क</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>देश</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>खाते</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>घटनाक्रम</translation>
    </message>
    <message>
        <source>Nothing matches the filter</source>
        <translation>फ़िल्टर से कुछ मेल नहीं खाता</translation>
    </message>
    <message>
        <source>No log lines yet</source>
        <translation>अभी कोई लॉग पंक्ति नहीं</translation>
    </message>
    <message>
        <source>Take away a chip above, or widen the time.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a server on the page Servers, or drop log files onto this window.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::Verbs</name>
    <message>
        <source>%1 chosen</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Filter to</source>
        <translation>इसी पर फ़िल्टर</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>विवरण</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>नाम कॉपी करें</translation>
    </message>
    <message>
        <source>Copy name defanged</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ban … (into the plan)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Always allow …</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>mailward::Wiring</name>
    <message>
        <source>No folder could be made for the demo: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Is the disk full, or the folder for temporary files read-only?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The bundled incident is not in %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run installer/start: it fetches the data and packs the incident.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Countries are not known</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The log rule %1/%2 was left out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2 lines, %3 events, %4 lines that no rule knows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No line of this file was recognised: is it a mail or auth log?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Events</source>
        <translation>घटनाक्रम</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>पते</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>नेटवर्क</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>देश</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>खाते</translation>
    </message>
    <message>
        <source>  %1: %2 failed, %3 let in
</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unknown country</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>from a file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read from a log file; the last event is of %1. Add the server to see what happens now.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Connecting to %1 …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Qt %1 · libssh %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Countries: DB-IP Lite (CC BY 4.0). Networks: RouteViews, DB-IP, NRO (CC BY 4.0). Map: Natural Earth (public domain); its borders are those in effect and no statement. Country names: i18n-iso-countries (MIT).</source>
        <translation type="unfinished" />
    </message>
</context>
</TS>
