using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>An event as one group sees it.</summary>
internal sealed class ModelItem(EventEnvelope @event, long position, DateTimeOffset stored, DateTimeOffset due)
{
    public EventEnvelope Event { get; } = @event;

    public long Position { get; } = position;

    public DateTimeOffset Stored { get; } = stored;

    public DateTimeOffset Due { get; set; } = due;

    public DeadLetterEdit? Edit { get; init; }

    public int Attempt { get; set; } = 1;

    public bool Done { get; set; }

    public List<ModelDelivery> Loans { get; } = [];

    public List<DeliveryFailure> History { get; } = [];

    public bool OnLoan => Loans.Count > 0;

    public void Fail(DeliveryFailure failure)
    {
        History.Add(failure with { Detail = failure.Detail[..Math.Min(2_000, failure.Detail.Length)] });
        if (History.Count > 10)
        {
            History.RemoveAt(1);
        }
    }
}
