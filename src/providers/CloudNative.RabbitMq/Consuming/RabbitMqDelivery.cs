using CloudNative.Eventing;
using CloudNative.RabbitMq.DeadLetters;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>An event on loan; one object an attempt.</summary>
internal sealed class RabbitMqDelivery(
    RabbitMqSubscription owner,
    QueueChannel channel,
    ulong tag,
    EventEnvelope envelope,
    int attempt,
    DateTimeOffset stored,
    IReadOnlyList<DeliveryFailure> failures,
    EditMark? edit) : EventDelivery
{
    private const int OnLoan = 0;
    private const int TakenBack = 1;
    private const int Settled = 2;

    private int _state;

    public override EventEnvelope Event => envelope;

    public override int Attempt => attempt;

    public override long? Position => null;

    public override DateTimeOffset Stored => stored;

    public override CancellationToken Lost => channel.Lost;

    public QueueChannel Channel => channel;

    public ulong Tag => tag;

    public IReadOnlyList<DeliveryFailure> Failures => failures;

    /// <summary>Who has changed its data, when it was a dead letter.</summary>
    public EditMark? Edit => edit;

    /// <summary>Ends the loan from the transport's side.</summary>
    /// <returns>Whether it was still on loan.</returns>
    public bool TakeBack() => Interlocked.CompareExchange(ref _state, TakenBack, OnLoan) == OnLoan;

    /// <summary>The same message for another attempt in this process.</summary>
    public RabbitMqDelivery Again(int next, IReadOnlyList<DeliveryFailure> history) =>
        new(owner, channel, tag, envelope, next, stored, history, edit);

    public override async ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _state, Settled) switch
        {
            OnLoan => await owner.SettleAsync(this, settlement).WaitAsync(cancellationToken).ConfigureAwait(false),
            TakenBack => false,
            _ => throw new InvalidOperationException("The delivery was settled before; each is settled once."),
        };
}
