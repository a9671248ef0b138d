using System.Diagnostics.CodeAnalysis;
using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing; real deliveries are not disposed either.")]
internal sealed class ModelDelivery(ModelStore store, ModelMember member, ModelItem item) : EventDelivery
{
    private readonly CancellationTokenSource _lost = new();

    public ModelMember Member => member;

    public ModelItem Item => item;

    public DateTimeOffset Expires { get; set; }

    public bool Settled { get; set; }

    public override EventEnvelope Event => item.Event;

    public override int Attempt { get; } = item.Attempt;

    public override long? Position => item.Position;

    public override DateTimeOffset Stored => item.Stored;

    public override CancellationToken Lost => _lost.Token;

    public void Lose() => _lost.Cancel();

    public override ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken) =>
        new(store.Settle(this, settlement));
}
