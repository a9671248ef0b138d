using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

internal sealed class ContextInboxSubject : InboxSubject
{
    private readonly ContextHosts _hosts;
    private readonly FakeTimeProvider _clock = new();
    private IInboxStore _store;

    public ContextInboxSubject(IContextDatabase database)
    {
        _hosts = new ContextHosts(database);
        _store = Create();
    }

    public override IInboxStore Store => _store;

    public override DateTimeOffset Now => _clock.GetUtcNow();

    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => _hosts.ConnectAsync(cancellationToken);

    public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
        _hosts.ConnectElsewhereAsync(cancellationToken);

    public override void Advance(TimeSpan time) => _clock.Advance(time);

    public override async ValueTask RestartAsync()
    {
        await _hosts.StopAsync();
        _store = Create();
    }

    public override ValueTask DisposeAsync() => _hosts.DisposeAsync();

    private IInboxStore Create() => _hosts.Add(_clock).GetRequiredService<IInboxStore>();
}
