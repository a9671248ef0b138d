using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

internal sealed class ContextOutboxSubject : OutboxSubject
{
    private readonly ContextHosts _hosts;

    public ContextOutboxSubject(IContextDatabase database)
    {
        _hosts = new ContextHosts(database);
        First = _hosts.Add().GetRequiredService<IOutboxStore>();
        Second = _hosts.Add().GetRequiredService<IOutboxStore>();
    }

    public override IOutboxStore First { get; }

    public override IOutboxStore Second { get; }

    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => _hosts.ConnectAsync(cancellationToken);

    public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
        _hosts.ConnectElsewhereAsync(cancellationToken);

    public override ValueTask SpoilOldestAsync(CancellationToken cancellationToken) => _hosts.ExecuteAsync(
        "UPDATE cloudnative_outbox SET extensions = '{\"a\":' WHERE position = (SELECT MIN(position) FROM cloudnative_outbox)",
        cancellationToken);

    public override ValueTask DisposeAsync() => _hosts.DisposeAsync();
}
