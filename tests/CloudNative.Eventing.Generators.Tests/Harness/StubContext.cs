using System.Data.Common;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>A delivery.</summary>
internal sealed class StubContext(IServiceProvider services) : EventContext
{
    public override EventEnvelope Event { get; } = new() { Id = "event 7", Source = "/tests", Type = "orders.placed.v1" };

    public override string Topic => "orders";

    public override string Group => "tests";

    public override int Attempt => 3;

    public override long? Position => null;

    public override IServiceProvider Services => services;

    public override void DeadLetter(string reason) => throw new NotSupportedException();

    public override ValueTask<bool> TryClaimAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
