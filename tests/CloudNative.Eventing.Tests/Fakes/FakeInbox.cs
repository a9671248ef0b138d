using System.Collections.Concurrent;
using System.Data.Common;

namespace CloudNative.Eventing.Tests.Fakes;

internal sealed class FakeInbox(bool serves, ConcurrentQueue<string> claims) : IInboxStore
{
    public string Name => "fake";

    public bool Serves(DbTransaction transaction) => serves;

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => default;

    public ValueTask<bool> TryClaimAsync(
        DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken)
    {
        claims.Enqueue($"{group} {source} {id}");
        return new(true);
    }

    public ValueTask<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => new(0);
}
