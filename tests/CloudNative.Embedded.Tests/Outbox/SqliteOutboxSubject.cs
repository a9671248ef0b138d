using System.Data.Common;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using CloudNative.Testing.Conformance;

namespace CloudNative.Embedded.Tests.Outbox;

/// <summary>Two hosts on one file.</summary>
internal sealed class SqliteOutboxSubject : OutboxSubject
{
    private readonly ServiceDatabaseFile _file = new();

    public SqliteOutboxSubject(string journalMode)
    {
        _file.Execute($"PRAGMA journal_mode = {journalMode}");
        First = _file.AddOutbox();
        Second = _file.AddOutbox();
    }

    public override IOutboxStore First { get; }

    public override IOutboxStore Second { get; }

    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => new(_file.Connect());

    public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) => new(_file.Connect("other.db"));

    public override ValueTask SpoilOldestAsync(CancellationToken cancellationToken)
    {
        _file.Execute(
            "UPDATE cloudnative_outbox SET extensions = '{\"a\":' WHERE position = (SELECT MIN(position) FROM cloudnative_outbox)");
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync() => _file.DisposeAsync();
}
