using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Tests.Fakes;

/// <summary>A delivery that tells what became of it, and whose lease the test takes away.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing; real deliveries are not disposed either.")]
internal sealed class ScriptedDelivery(EventEnvelope envelope, int attempt = 1, bool losable = true) : EventDelivery
{
    private readonly CancellationTokenSource _lost = new();
    private readonly TaskCompletionSource<Settlement> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Settlement> Settled => _settled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Func<Settlement, ValueTask<bool>>? OnSettle { get; init; }

    public override EventEnvelope Event { get; } = envelope;

    public override int Attempt { get; } = attempt;

    public override long? Position => 1;

    public override DateTimeOffset Stored => DateTimeOffset.UnixEpoch;

    public override CancellationToken Lost => losable ? _lost.Token : CancellationToken.None;

    public void Lose() => _lost.Cancel();

    public override async ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        try
        {
            return OnSettle is null ? !_lost.IsCancellationRequested : await OnSettle(settlement);
        }
        finally
        {
            _settled.TrySetResult(settlement);
        }
    }
}
